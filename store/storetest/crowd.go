package storetest

import (
	"context"

	"akhra.dev/akhra"
)

// crowd makes a project of ORG with ANSWERS pictures and as many answers of fifty
// people, two to each of the first half, one in ten of them wrong; one of those
// in a hundred is known. A certificate decides most of the other half.
const crowd = `
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ANSWERS - 1) SELECT i FROM n;
CREATE TEMP TABLE k AS SELECT i, printf('01900000-0000-7000-c000-%012x', i) AS id FROM n WHERE i < 10;
INSERT INTO person (org, id, name, login, role, language, password_hash, created)
	SELECT 'ORG', printf('01900000-0000-7000-b000-%012x', i), printf('Person %d', i), printf('person-%d', i), 'annotator', 'en', '', i FROM n WHERE i < 50;
INSERT INTO item (org, project, id, seq, blob, name, width, height, variant320, variant720, variant1440, thumb, created)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-8000-%012x', i), i + 1, printf('%064x', i), printf('leaf-%d.jpg', i), 640, 480, '', '', '', '', 1000 * i FROM n;
INSERT INTO task (org, project, id, item, label_set, round, purpose)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-9000-%012x', i), printf('01900000-0000-7000-8000-%012x', i), 'l', 0, '' FROM n;
INSERT INTO annotation (org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took, device_time, stored, seq, body_hash)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-a000-%012x', i), printf('01900000-0000-7000-d000-%012x', i), printf('01900000-0000-7000-9000-%012x', i / 2), printf('01900000-0000-7000-8000-%012x', i / 2),
	printf('01900000-0000-7000-b000-%012x', (i + i / 50) % 50), 'class', printf('01900000-0000-7000-c000-%012x', (i / 2 + (i % 10 = 0)) % 10), '', '', '', 0, 800 + i * 7919 % 9001, 0, 60 * i, i + 1, 'h' FROM n;
INSERT INTO assignment (org, project, id, task, item, annotator, lease_until, why, state)
	SELECT org, project, assignment, task, item, annotator, 0, '', 1 FROM annotation;
INSERT INTO tally SELECT org, project, annotator, COUNT(*), 0, 0, MAX(stored) FROM annotation GROUP BY org, project, annotator;
INSERT INTO activity SELECT org, annotator, stored / 900000, project, COUNT(*) FROM annotation GROUP BY org, annotator, stored / 900000, project;
INSERT INTO consensus (org, project, task, item, class, posterior, tempered, tied, answers, asked, state, method, version, model_version, seq)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-9000-%012x', i), printf('01900000-0000-7000-8000-%012x', i), printf('01900000-0000-7000-c000-%012x', i % 10),
	'[0.91,0.01,0.01,0.01,0.01,0.01,0.01,0.01,0.01,0.01]', 0.91, 0, 2, 2, CASE i % 50 WHEN 0 THEN 'open' WHEN 1 THEN 'review' ELSE 'done' END, 'ds', 1, 0, 0 FROM n WHERE i < ANSWERS / 2;
INSERT INTO judged SELECT 'ORG', 'p', SUM(state = 'done'), SUM(state = 'review'), COUNT(*), (SELECT COUNT(*) FROM n WHERE i >= ANSWERS / 2 AND i % 5 > 0) FROM consensus;
INSERT INTO accepted SELECT 'ORG', 'p', printf('01900000-0000-7000-8000-%012x', i), printf('01900000-0000-7000-c000-%012x', i % 10), 0.99, 1, 1, 0 FROM n WHERE i >= ANSWERS / 2 AND i % 5 > 0;
INSERT INTO gold SELECT 'ORG', 'p', printf('01900000-0000-7000-8000-%012x', i), printf('01900000-0000-7000-9000-%012x', i), printf('01900000-0000-7000-c000-%012x', i % 10), 'import', 'm', 0 FROM n WHERE i < ANSWERS / 2 AND i % 100 = 0;
INSERT INTO project (org, id, name, question, label_set, settings, created, last_item) VALUES ('ORG', 'p', 'Leaves', '?', 'l', '{"overlap":2,"cap":3,"stopAt":0.95,"strategy":"full-model","started":true}', 1, ANSWERS);
INSERT INTO label_set SELECT 'ORG', 'p', 'l', 1, json_group_array(json_object('id', id, 'name', printf('class %d', i))) FROM k;
INSERT INTO log (org, seq, project, kind, actor, subject, body, at) VALUES ('ORG', ANSWERS, 'p', 'items.added', '', 'p', '{}', 1);
INSERT INTO log_cursor SELECT 'ORG', column1, ANSWERS FROM (VALUES ('consensus'), ('loop'), ('queue'));`

// Crowd makes a store in an empty folder that holds a project "p" with n answers
// of fifty people, for measures, as Many does.
func Crowd(ctx context.Context, dir string, n int) (akhra.Tenant, error) {
	return fill(ctx, dir, "ANSWERS", n, crowd)
}
