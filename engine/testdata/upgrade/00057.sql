INSERT INTO assignment (org, project, id, task, item, annotator, lease_until, why, state)
  SELECT org, project, 'seed-lease-57', 'seed-task-57', item, annotator, 1700000131000, why, 2 FROM assignment WHERE project = 'seeds' LIMIT 1;
