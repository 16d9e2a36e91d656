-- +goose Up
CREATE TABLE org (
  id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, created BIGINT NOT NULL
);
CREATE TABLE person (
  org TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL, language TEXT NOT NULL, password_hash TEXT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE TABLE link (
  token_hash TEXT NOT NULL PRIMARY KEY, org TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
  person TEXT NOT NULL, expires BIGINT NOT NULL
);
CREATE TABLE session (
  token_hash TEXT NOT NULL PRIMARY KEY, org TEXT NOT NULL, person TEXT NOT NULL,
  created BIGINT NOT NULL, expires BIGINT NOT NULL
);
CREATE TABLE project (
  org TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, question TEXT NOT NULL, label_set TEXT NOT NULL,
  settings TEXT NOT NULL, created BIGINT NOT NULL, last_item BIGINT NOT NULL,
  PRIMARY KEY (org, id), UNIQUE (org, name)
);
CREATE TABLE label_set (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, classes TEXT NOT NULL,
  PRIMARY KEY (org, project, id, version)
);
CREATE TABLE item (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, blob TEXT NOT NULL,
  name TEXT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL,
  variant320 TEXT NOT NULL, variant720 TEXT NOT NULL, variant1440 TEXT NOT NULL, thumb TEXT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, blob), UNIQUE (org, project, seq)
);
CREATE TABLE task (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, item TEXT NOT NULL, label_set TEXT NOT NULL,
  round BIGINT NOT NULL, purpose TEXT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, item, label_set, round)
);
CREATE TABLE assignment (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, item TEXT NOT NULL,
  annotator TEXT NOT NULL, lease_until BIGINT NOT NULL, why TEXT NOT NULL, state BIGINT NOT NULL,
  PRIMARY KEY (org, project, id), UNIQUE (org, project, task, annotator)
);
CREATE INDEX assignment_open ON assignment (org, project, annotator, lease_until) WHERE state = 0;
CREATE TABLE annotation (
  org TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, assignment TEXT NOT NULL, task TEXT NOT NULL,
  item TEXT NOT NULL, annotator TEXT NOT NULL, answer TEXT NOT NULL, class TEXT NOT NULL, reason TEXT NOT NULL,
  note TEXT NOT NULL, replaces TEXT NOT NULL, after_seen BIGINT NOT NULL, took BIGINT NOT NULL,
  device_time BIGINT NOT NULL, stored BIGINT NOT NULL, seq BIGINT NOT NULL, body_hash TEXT NOT NULL,
  PRIMARY KEY (org, project, id)
);
CREATE UNIQUE INDEX annotation_chain ON annotation (org, project, assignment, replaces);
CREATE INDEX annotation_seq ON annotation (org, project, seq);
CREATE TABLE tally (
  org TEXT NOT NULL, project TEXT NOT NULL, annotator TEXT NOT NULL, classed BIGINT NOT NULL,
  not_sure BIGINT NOT NULL, skips BIGINT NOT NULL, last BIGINT NOT NULL,
  PRIMARY KEY (org, project, annotator)
);
CREATE TABLE consensus (
  org TEXT NOT NULL, project TEXT NOT NULL, task TEXT NOT NULL, item TEXT NOT NULL, class TEXT NOT NULL,
  posterior TEXT NOT NULL, tempered DOUBLE PRECISION NOT NULL, tied BIGINT NOT NULL, answers BIGINT NOT NULL,
  asked BIGINT NOT NULL, state TEXT NOT NULL, method TEXT NOT NULL, version BIGINT NOT NULL,
  model_version BIGINT NOT NULL, seq BIGINT NOT NULL,
  PRIMARY KEY (org, project, task)
);
CREATE INDEX consensus_state ON consensus (org, project, state);
CREATE TABLE skill (
  org TEXT NOT NULL, project TEXT NOT NULL, annotator TEXT NOT NULL, counts TEXT NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL, answers BIGINT NOT NULL,
  PRIMARY KEY (org, project, annotator)
);
CREATE TABLE recipe (
  org TEXT NOT NULL, project TEXT NOT NULL, version BIGINT NOT NULL, blob TEXT NOT NULL,
  PRIMARY KEY (org, project, version)
);
CREATE TABLE model (
  org TEXT NOT NULL, project TEXT NOT NULL, version BIGINT NOT NULL, head TEXT NOT NULL, recipe TEXT NOT NULL,
  label_set BIGINT NOT NULL, temperature DOUBLE PRECISION NOT NULL, taught BIGINT NOT NULL, seq BIGINT NOT NULL,
  created BIGINT NOT NULL, out_of_fold TEXT NOT NULL, point TEXT NOT NULL,
  PRIMARY KEY (org, project, version)
);
CREATE TABLE blind (
  org TEXT NOT NULL, project TEXT NOT NULL, item TEXT NOT NULL, seq BIGINT NOT NULL, said TEXT NOT NULL,
  thought TEXT NOT NULL, version BIGINT NOT NULL,
  PRIMARY KEY (org, project, item, seq)
);
CREATE TABLE log (
  org TEXT NOT NULL, seq BIGINT NOT NULL, project TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (org, seq)
);
CREATE TABLE log_cursor (
  org TEXT NOT NULL, consumer TEXT NOT NULL, seq BIGINT NOT NULL,
  PRIMARY KEY (org, consumer)
);
CREATE TABLE job (
  org TEXT NOT NULL, id TEXT NOT NULL, project TEXT NOT NULL, kind TEXT NOT NULL, args TEXT NOT NULL,
  done BIGINT NOT NULL, total BIGINT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL, cancel BIGINT NOT NULL,
  attempt BIGINT NOT NULL, run_at BIGINT NOT NULL, lease_end BIGINT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX job_open ON job (run_at) WHERE state IN ('waiting', 'running');
