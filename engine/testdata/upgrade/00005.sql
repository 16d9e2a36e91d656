INSERT INTO backbone (org, name, blob, dim, input, sample, created) SELECT id, 'mobile', 'n1', 1280, '{}', 'a leaf', 1700000113000 FROM org;
