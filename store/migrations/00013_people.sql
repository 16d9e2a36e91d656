-- +goose Up
ALTER TABLE person ADD COLUMN pin_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
UPDATE session SET seen = created;
CREATE INDEX session_person ON session (org, person);
ALTER TABLE link ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE TABLE given (
  org TEXT NOT NULL, project TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (org, person, project)
);
CREATE TABLE device (
  org TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, key_hash TEXT NOT NULL, made_by TEXT NOT NULL,
  created BIGINT NOT NULL, enrolled BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX device_key ON device (key_hash) WHERE key_hash <> '';
CREATE TABLE device_person (
  org TEXT NOT NULL, device TEXT NOT NULL, person TEXT NOT NULL, place BIGINT NOT NULL,
  PRIMARY KEY (org, device, person)
);
CREATE TABLE pin_guess (
  org TEXT NOT NULL, subject TEXT NOT NULL, day BIGINT NOT NULL, wrong BIGINT NOT NULL, run BIGINT NOT NULL,
  paused BIGINT NOT NULL, locked BIGINT NOT NULL,
  PRIMARY KEY (org, subject)
);
