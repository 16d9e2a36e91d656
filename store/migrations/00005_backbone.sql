-- +goose Up
CREATE TABLE backbone (
  org TEXT NOT NULL, name TEXT NOT NULL, blob TEXT NOT NULL, dim BIGINT NOT NULL, input TEXT NOT NULL,
  sample TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);
