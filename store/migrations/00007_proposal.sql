-- +goose Up
ALTER TABLE assignment ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
ALTER TABLE assignment ADD COLUMN thought TEXT NOT NULL DEFAULT '';
ALTER TABLE assignment ADD COLUMN thought_p DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN model BIGINT NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
ALTER TABLE annotation ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
ALTER TABLE annotation ADD COLUMN thought TEXT NOT NULL DEFAULT '';
ALTER TABLE annotation ADD COLUMN thought_p DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE annotation ADD COLUMN model BIGINT NOT NULL DEFAULT 0;
ALTER TABLE annotation ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
CREATE INDEX annotation_plant ON annotation (org, project, seq) WHERE shown = 1 AND proposed <> thought;
CREATE INDEX annotation_unshown ON annotation (org, project, seq) WHERE thought <> '' AND shown = 0;
