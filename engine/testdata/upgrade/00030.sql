INSERT INTO guideline (org, project, version, text, made_by, created) SELECT id, 'seeds', 1, 'Look at the grain.', 'u', 1700000124000 FROM org;
INSERT INTO guideline_read (org, project, person, version) SELECT id, 'seeds', 'u', 1 FROM org;
INSERT INTO guideline_picture (org, project, id, blob, created) SELECT id, 'seeds', 'drawn-1', 'g1', 1700000124000 FROM org;
