INSERT INTO promise (org, project, no, body) SELECT id, 'seeds', 1, '{"no":1,"target":0.95,"delta":0.1}' FROM org;
INSERT INTO accepted (org, project, item, class, p, version, promise) SELECT id, 'seeds', 'seed-2', 'millet', 0.99, 1, 1 FROM org;
