package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// many makes a project of ORG with PICTURES pictures: half of them answered, one in
// seven twice, in ten classes, by a hundred people; some known, some in review.
const many = `
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < PICTURES - 1) SELECT i FROM n;
INSERT INTO item (org, project, id, seq, blob, name, width, height, variant320, variant720, variant1440, thumb, created, batch)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-8000-%012x', i), i + 1, printf('%064x', i), printf('leaf-%d.jpg', (i * 7919) % 1000003), 640, 480, '', '', '', '', 1000 * i,
	CASE i % 3 WHEN 0 THEN printf('batch%d', i % 5) ELSE '' END FROM n;
INSERT INTO batch SELECT 'ORG', 'p', printf('batch%d', i), printf('Day %d', i), 'normal', 0, 0 FROM n WHERE i < 5;
INSERT INTO task (org, project, id, item, label_set, round, purpose)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-9000-%012x', i), printf('01900000-0000-7000-8000-%012x', i), 'l', 0, '' FROM n;
INSERT INTO consensus (org, project, task, item, class, posterior, tempered, tied, answers, asked, state, method, version, model_version, seq)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-9000-%012x', i), printf('01900000-0000-7000-8000-%012x', i), printf('class%d', i % 10),
	printf('[0.%d,0.1]', i % 89 + 10), 0.9, 0, 1, 1, CASE i % 6 WHEN 0 THEN 'open' WHEN 2 THEN 'review' ELSE 'done' END, 'ds', 1, 0, 0 FROM n WHERE i % 2 = 0;
INSERT INTO annotation (org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took, device_time, stored, seq, body_hash)
	SELECT 'ORG', 'p', printf('01900000-0000-7000-a000-%012x', i), printf('s%d', i), printf('01900000-0000-7000-9000-%012x', i / 2 * 2), printf('01900000-0000-7000-8000-%012x', i / 2 * 2),
	printf('person%d', i % 100), 'class', printf('class%d', (i / 2 * 2 + i % 2) % 10), '', '', '', 0, 1500, 0, 2000 * i, i + 1, 'h' FROM n WHERE i % 2 = 0 OR i % 7 = 0;
INSERT INTO judged SELECT 'ORG', 'p', SUM(state = 'done'), SUM(state = 'review'), COUNT(*), 0 FROM consensus;
INSERT INTO gold SELECT 'ORG', 'p', printf('01900000-0000-7000-8000-%012x', i), printf('01900000-0000-7000-9000-%012x', i), 'class1', 'import', 'm', 0 FROM n WHERE i % 1000 = 0;
INSERT INTO project (org, id, name, question, label_set, settings, created, last_item) VALUES ('ORG', 'p', 'Leaves', '?', 'l', '{}', 1, PICTURES);
INSERT INTO label_set VALUES ('ORG', 'p', 'l', 1, '[{"id":"class0","name":"a"},{"id":"class1","name":"b"}]');`

// Many makes a store in an empty folder that holds a project "p" of n pictures,
// for measures: written past the store, in some ten seconds a million.
func Many(ctx context.Context, dir string, n int) (akhra.Tenant, error) {
	return fill(ctx, dir, "PICTURES", n, many)
}

// fill makes a store and runs a text on it that names its organisation and how
// many rows it makes.
func fill(ctx context.Context, dir, what string, n int, text string) (akhra.Tenant, error) {
	db, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return akhra.Tenant{}, err
	}
	org, err := db.EnsureOrg(ctx, "Akhra")
	if err != nil {
		return akhra.Tenant{}, err
	}
	if err := db.Close(); err != nil {
		return akhra.Tenant{}, err
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "akhra.db")+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)")
	if err != nil {
		return akhra.Tenant{}, err
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	_, err = raw.ExecContext(ctx, strings.NewReplacer("ORG", string(org.ID), what, fmt.Sprint(n)).Replace(text))
	return akhra.Tenant{Org: org.ID, Project: "p"}, err
}
