INSERT INTO change (org, project, id, act, class, made_by, created, planned)
  SELECT id, 'seeds', 'change-1', 'remove', '', 'u', 1700000117000, 1 FROM org;
INSERT INTO change_item (org, project, change, item, state, was) SELECT id, 'seeds', 'change-1', 'seed-2', 1, '{}' FROM org;
INSERT INTO view (org, project, id, name, search, made_by, created) SELECT id, 'seeds', 'view-1', 'Doubtful', '{}', 'u', 1700000118000 FROM org;
