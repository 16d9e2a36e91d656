-- +goose Up
CREATE TABLE free_blob (
  org TEXT NOT NULL, blob TEXT NOT NULL, since BIGINT NOT NULL,
  PRIMARY KEY (org, blob)
);
