INSERT INTO hook (org, id, project, url, kinds, secret, is_on, told_to, tries, next_at, since, made_by, created)
  SELECT id, 'hook-1', 'seeds', 'https://example.org/akhra', '["dataset.exported"]', 's', 0, 3, 0, 0, 0, 'u', 1700000122000 FROM org;
INSERT INTO delivery (org, hook, no, at, last_seq, events, status, note, took, test) SELECT id, 'hook-1', 1, 1700000123000, 3, 3, 204, '', 12, 0 FROM org;
