INSERT INTO dataset (org, project, id, no, name, format, blob, size, named, made_by, created, card)
  SELECT id, 'seeds', 'set-1', 1, 'first', 'csv', 'd1', 120, 1, 'u', 1700000119000, '{}' FROM org;
