INSERT INTO person (org, id, name, login, role, language, password_hash, created, pin_hash, removed)
  SELECT id, 'u', 'Sushila', 'sushila', 'annotator', 'hi', '', 1700000000000, 'argon2id of her PIN', 0 FROM org;
UPDATE session SET seen = 1700000115000, agent = 'Firefox', device = 'pc-1';
UPDATE link SET device = 'pc-1';
INSERT INTO given (org, project, person) SELECT id, 'seeds', 'u' FROM org;
INSERT INTO device (org, id, name, key_hash, made_by, created, enrolled) SELECT id, 'pc-1', 'Khunti 1', 'k', 'u', 1700000115000, 1700000116000 FROM org;
INSERT INTO device_person (org, device, person, place) SELECT id, 'pc-1', 'u', 0 FROM org;
INSERT INTO pin_guess (org, subject, day, wrong, run, paused, locked) SELECT id, 'u', 19676, 2, 2, 0, 0 FROM org;
