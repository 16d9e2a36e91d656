-- +goose Up
CREATE INDEX annotation_hers ON annotation (org, project, annotator, seq);
CREATE TABLE activity (
  org TEXT NOT NULL, annotator TEXT NOT NULL, step BIGINT NOT NULL, project TEXT NOT NULL, answers BIGINT NOT NULL,
  PRIMARY KEY (org, annotator, step, project)
);
INSERT INTO activity (org, annotator, step, project, answers)
  SELECT a.org, a.annotator, a.stored / 900000, a.project, COUNT(*) FROM annotation a
  WHERE a.answer IN ('class', 'not_sure') AND NOT EXISTS (SELECT 1 FROM annotation b
    WHERE b.org = a.org AND b.project = a.project AND b.assignment = a.assignment AND b.replaces = a.id)
  GROUP BY a.org, a.annotator, a.stored / 900000, a.project;
CREATE TABLE appeal (
  org TEXT NOT NULL, project TEXT NOT NULL, task TEXT NOT NULL, annotator TEXT NOT NULL, item TEXT NOT NULL, created BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (org, project, task, annotator)
);
