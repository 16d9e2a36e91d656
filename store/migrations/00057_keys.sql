-- +goose Up
CREATE TABLE annotation_anew (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, assignment TEXT NOT NULL, task TEXT NOT NULL,
  item TEXT NOT NULL, annotator TEXT NOT NULL, answer TEXT NOT NULL, class TEXT NOT NULL, reason TEXT NOT NULL,
  note TEXT NOT NULL, replaces TEXT NOT NULL, after_seen BIGINT NOT NULL, took BIGINT NOT NULL,
  device_time BIGINT NOT NULL, stored BIGINT NOT NULL, seq BIGINT NOT NULL, body_hash TEXT NOT NULL,
  proposed TEXT NOT NULL DEFAULT '', thought TEXT NOT NULL DEFAULT '', thought_p DOUBLE PRECISION NOT NULL DEFAULT 0,
  model BIGINT NOT NULL DEFAULT 0, shown BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id, project)
);
INSERT INTO annotation_anew (org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took,
  device_time, stored, seq, body_hash, proposed, thought, thought_p, model, shown)
  SELECT org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took,
    device_time, stored, seq, body_hash, proposed, thought, thought_p, model, shown FROM annotation ORDER BY org, seq;
DROP TABLE annotation;
ALTER TABLE annotation_anew RENAME TO annotation;
CREATE UNIQUE INDEX annotation_chain ON annotation (assignment, project, replaces);
CREATE INDEX annotation_seq ON annotation (project, seq);
CREATE INDEX annotation_hers ON annotation (annotator, project, seq);
CREATE INDEX annotation_plant ON annotation (project, seq) WHERE shown = 1 AND proposed <> thought;
CREATE INDEX annotation_unshown ON annotation (project, seq) WHERE thought <> '' AND shown = 0;
CREATE TABLE assignment_anew (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL PRIMARY KEY, task TEXT NOT NULL, item TEXT NOT NULL,
  annotator TEXT NOT NULL, lease_until BIGINT NOT NULL, why TEXT NOT NULL, state BIGINT NOT NULL,
  proposed TEXT NOT NULL DEFAULT '', thought TEXT NOT NULL DEFAULT '', thought_p DOUBLE PRECISION NOT NULL DEFAULT 0,
  model BIGINT NOT NULL DEFAULT 0, shown BIGINT NOT NULL DEFAULT 0, pack TEXT NOT NULL DEFAULT '', grid BIGINT NOT NULL DEFAULT 0,
  UNIQUE (project, task, annotator)
);
INSERT INTO assignment_anew (org, project, id, task, item, annotator, lease_until, why, state, proposed, thought, thought_p, model, shown, pack, grid)
  SELECT org, project, id, task, item, annotator, lease_until, why, state, proposed, thought, thought_p, model, shown, pack, grid FROM assignment ORDER BY id;
DROP TABLE assignment;
ALTER TABLE assignment_anew RENAME TO assignment;
CREATE INDEX assignment_open ON assignment (annotator, project, lease_until) WHERE state = 0;
CREATE INDEX assignment_grid ON assignment (annotator, project) WHERE grid > 0 AND state = 0;
