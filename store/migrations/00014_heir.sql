-- +goose Up
CREATE TABLE heir (
  org TEXT NOT NULL, project TEXT NOT NULL, class TEXT NOT NULL, heir TEXT NOT NULL,
  PRIMARY KEY (org, project, class)
);
