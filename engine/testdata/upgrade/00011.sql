INSERT INTO pack (org, project, id, annotator, size, taken, until, returned)
  SELECT id, 'seeds', 'pack-1', 'u', 100, 1700000114000, 1700172914000, 0 FROM org;
UPDATE assignment SET pack = 'pack-1' WHERE project = 'seeds';
