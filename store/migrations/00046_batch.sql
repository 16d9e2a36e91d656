-- +goose Up
CREATE TABLE batch (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, priority TEXT NOT NULL, overlap BIGINT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, name)
);
ALTER TABLE item ADD COLUMN batch TEXT NOT NULL DEFAULT '';
ALTER TABLE change ADD COLUMN batch TEXT NOT NULL DEFAULT '';
CREATE INDEX item_batch ON item (org, project, batch, seq) WHERE batch <> '';
