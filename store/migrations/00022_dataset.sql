-- +goose Up
CREATE TABLE dataset (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, no BIGINT NOT NULL, name TEXT NOT NULL,
  format TEXT NOT NULL, blob TEXT NOT NULL, size BIGINT NOT NULL, named BIGINT NOT NULL, made_by TEXT NOT NULL,
  created BIGINT NOT NULL, card TEXT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, no), UNIQUE (org, project, name)
);
