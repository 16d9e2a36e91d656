-- +goose Up
CREATE TABLE guideline (
  org TEXT NOT NULL, project TEXT NOT NULL, version BIGINT NOT NULL, text TEXT NOT NULL, made_by TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, version)
);
CREATE TABLE guideline_read (
  org TEXT NOT NULL, project TEXT NOT NULL, person TEXT NOT NULL, version BIGINT NOT NULL,
  PRIMARY KEY (org, project, person)
);
CREATE TABLE guideline_picture (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, blob TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, id)
);
