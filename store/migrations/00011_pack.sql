-- +goose Up
CREATE TABLE pack (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, annotator TEXT NOT NULL, size BIGINT NOT NULL,
  taken BIGINT NOT NULL, until BIGINT NOT NULL, returned BIGINT NOT NULL,
  PRIMARY KEY (org, project, id)
);
ALTER TABLE assignment ADD COLUMN pack TEXT NOT NULL DEFAULT '';
