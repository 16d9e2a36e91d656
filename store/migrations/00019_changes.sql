-- +goose Up
CREATE TABLE change (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, act TEXT NOT NULL, class TEXT NOT NULL,
  made_by TEXT NOT NULL, created BIGINT NOT NULL, planned BIGINT NOT NULL,
  PRIMARY KEY (org, project, id)
);
CREATE TABLE change_item (
  org TEXT NOT NULL, project TEXT NOT NULL, change TEXT NOT NULL, item TEXT NOT NULL, state BIGINT NOT NULL, was TEXT NOT NULL,
  PRIMARY KEY (org, project, change, item)
);
CREATE INDEX change_item_state ON change_item (org, project, change, state);
CREATE TABLE view (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL,
  made_by TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, name)
);
