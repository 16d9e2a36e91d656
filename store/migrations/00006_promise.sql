-- +goose Up
CREATE TABLE promise (
  org TEXT NOT NULL, project TEXT NOT NULL, no BIGINT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (org, project, no)
);
CREATE TABLE accepted (
  org TEXT NOT NULL, project TEXT NOT NULL, item TEXT NOT NULL, class TEXT NOT NULL, p DOUBLE PRECISION NOT NULL,
  version BIGINT NOT NULL, promise BIGINT NOT NULL,
  PRIMARY KEY (org, project, item)
);
