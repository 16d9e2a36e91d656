INSERT INTO batch (org, project, id, name, priority, overlap, created)
  SELECT id, 'seeds', 'batch-1', 'April', 'high', 2, 1700000129000 FROM org;
UPDATE item SET batch = 'batch-1' WHERE project = 'seeds';
UPDATE change SET batch = 'batch-1' WHERE project = 'seeds';
