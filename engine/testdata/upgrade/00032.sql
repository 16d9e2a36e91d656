INSERT INTO free_blob (org, blob, since) SELECT id, 'f1', 1700000126000 FROM org;
