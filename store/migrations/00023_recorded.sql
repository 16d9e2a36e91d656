-- +goose Up
CREATE TABLE table_in (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, blob TEXT NOT NULL,
  size BIGINT NOT NULL, made_by TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, id)
);
CREATE TABLE other_say (
  org TEXT NOT NULL, project TEXT NOT NULL, item TEXT NOT NULL, source TEXT NOT NULL, class TEXT NOT NULL,
  p DOUBLE PRECISION NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, item, source)
);
