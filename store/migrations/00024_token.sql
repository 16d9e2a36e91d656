-- +goose Up
CREATE TABLE token (
  org TEXT NOT NULL, id TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, acts TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
  created BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
