-- +goose Up
CREATE TABLE judged (
  org TEXT NOT NULL, project TEXT NOT NULL, done BIGINT NOT NULL, review BIGINT NOT NULL, asked BIGINT NOT NULL, accepted BIGINT NOT NULL,
  PRIMARY KEY (org, project)
);
ALTER TABLE accepted ADD COLUMN overtaken BIGINT NOT NULL DEFAULT 0;
UPDATE accepted SET overtaken = 1 WHERE EXISTS (SELECT 1 FROM task t
  JOIN consensus c ON c.org = t.org AND c.project = t.project AND c.task = t.id
  WHERE t.org = accepted.org AND t.project = accepted.project AND t.item = accepted.item
  AND NOT EXISTS (SELECT 1 FROM task n WHERE n.org = t.org AND n.project = t.project AND n.item = t.item AND n.round > t.round));
INSERT INTO judged (org, project, done, review, asked, accepted) SELECT p.org, p.id,
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.state = 'done'),
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.state = 'review'),
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.asked > 0),
  (SELECT COUNT(*) FROM accepted a WHERE a.org = p.org AND a.project = p.id AND a.overtaken = 0) FROM project p;
DROP INDEX IF EXISTS consensus_state;
DROP INDEX IF EXISTS consensus_asked;
CREATE TABLE figures (
  org TEXT NOT NULL, project TEXT NOT NULL, annotator TEXT NOT NULL, seq BIGINT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (org, project, annotator)
);
DROP INDEX IF EXISTS task_again;
CREATE INDEX task_again ON task (org, project, item, round) WHERE round > 0;
