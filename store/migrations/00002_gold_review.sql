-- +goose Up
CREATE TABLE gold (
  org TEXT NOT NULL, project TEXT NOT NULL, item TEXT NOT NULL, task TEXT NOT NULL, class TEXT NOT NULL,
  source TEXT NOT NULL, set_by TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, item)
);
CREATE TABLE review (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, item TEXT NOT NULL,
  reviewer TEXT NOT NULL, class TEXT NOT NULL, note TEXT NOT NULL, gold BIGINT NOT NULL,
  created BIGINT NOT NULL, seq BIGINT NOT NULL,
  PRIMARY KEY (org, project, id)
);
CREATE INDEX review_task ON review (org, project, task, seq);
