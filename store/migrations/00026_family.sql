-- +goose Up
ALTER TABLE project ADD COLUMN family TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX project_family ON project (org, family) WHERE family <> '';
