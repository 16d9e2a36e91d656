-- +goose Up
ALTER TABLE assignment ADD COLUMN grid BIGINT NOT NULL DEFAULT 0;
CREATE INDEX assignment_grid ON assignment (org, project, annotator) WHERE grid > 0 AND state = 0;
