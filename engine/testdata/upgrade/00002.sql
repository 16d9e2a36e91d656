INSERT INTO gold (org, project, item, task, class, source, set_by, created)
  SELECT id, 'seeds', 'seed-1', 'task-1', 'rice', 'file', 'u', 1700000110000 FROM org;
INSERT INTO review (org, project, id, task, item, reviewer, class, note, gold, created, seq)
  SELECT id, 'seeds', 'review-1', 'task-2', 'seed-2', 'u', 'millet', 'round grains', 0, 1700000111000, 1001 FROM org;
