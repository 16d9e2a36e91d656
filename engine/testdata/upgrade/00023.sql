INSERT INTO table_in (org, project, id, name, blob, size, made_by, created) SELECT id, 'seeds', 'table-1', 'old.csv', 'x1', 80, 'u', 1700000120000 FROM org;
INSERT INTO other_say (org, project, item, source, class, p, created) SELECT id, 'seeds', 'seed-1', 'old.csv', 'millet', 0.7, 1700000120000 FROM org;
