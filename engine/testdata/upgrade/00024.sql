INSERT INTO token (org, id, person, name, acts, token_hash, created, expires, used)
  SELECT id, 'token-1', 'u', 'nightly', '["export-dataset"]', 'th', 1700000121000, 1800000000000, 0 FROM org;
