INSERT INTO activity (org, annotator, step, project, answers)
  SELECT id, 'u', 1888890, 'seeds', 1 FROM org UNION ALL
  SELECT org, annotator, 1888888, project, classed + not_sure FROM tally;
INSERT INTO appeal (org, project, task, annotator, item, created, seq) SELECT id, 'seeds', 'task-1', 'u', 'seed-1', 1700000112000, 1002 FROM org;
