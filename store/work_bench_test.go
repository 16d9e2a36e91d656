package store_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// million fills a store with a million answers of 100 annotators, ten to each
// settled task, of which 1 in 200 differs from what was settled.
const million = `
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO annotation (org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took, device_time, stored, seq, body_hash) SELECT 'o', 'p', printf('a-%032d', i), printf('s-%032d', i), printf('t-%032d', i / 10), printf('i-%032d', i / 10),
	printf('u-%032d', i % 100), 'class', CASE WHEN i % 200 < 100 AND (i / 200) % 100 = i % 100 THEN 'wrong' ELSE 'right' END,
	'', '', '', 0, 1000 + i % 997, 0, i * 1000, i + 1, 'hash' FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
INSERT INTO consensus (org, project, task, item, class, posterior, tempered, tied, answers, asked, state, method, version, model_version, seq) SELECT 'o', 'p', printf('t-%032d', i), printf('i-%032d', i), 'right', '[0,1]', 0.99, 0, 10, 10, 'done', 'ds', 1, 0, 0 FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 499)
INSERT INTO gold SELECT 'o', 'p', printf('i-%032d', i * 200), printf('t-%032d', i * 200), 'right', 'import', 'm', 0 FROM n;`

// BenchmarkOwnWork reads what one annotator of a million answers sees: a page
// of what differs, the whole reach without finding anything, pace and gold.
func BenchmarkOwnWork(b *testing.B) {
	dir := b.TempDir()
	open(b, dir, store.Options{}).Close()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "akhra.db")+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := raw.Exec(million); err != nil {
		b.Fatal(err)
	}
	raw.Close()
	db := open(b, dir, store.Options{})
	t, hers, none := akhra.Tenant{Org: "o", Project: "p"}, akhra.UserID("u-00000000000000000000000000000007"), akhra.UserID("u-00000000000000000000000000000000")
	for name, read := range map[string]func() error{
		"page":   func() error { _, _, err := db.Mismatches(b.Context(), t, hers, 0, 20); return err },
		"reach":  func() error { _, _, err := db.Mismatches(b.Context(), t, none, 0, 2000); return err },
		"pace":   func() error { _, err := db.Pace(b.Context(), t, hers, 200); return err },
		"known":  func() error { _, _, err := db.KnownScore(b.Context(), t, hers, 1000); return err },
		"every":  func() error { return db.Standing(b.Context(), t, func(akhra.Annotation) error { return nil }) },
		"counts": func() error { _, err := db.Activity(b.Context(), t.Org, hers, 0); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
