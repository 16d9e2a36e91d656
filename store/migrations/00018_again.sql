-- +goose Up
ALTER TABLE item ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_removed ON item (org, project, removed) WHERE removed > 0;
CREATE INDEX task_again ON task (org, project, item) WHERE round > 0;
CREATE INDEX log_item ON log (org, project, subject) WHERE kind IN ('gold.changed', 'item.removed', 'item.restored', 'task.reasked', 'task.withdrawn');
