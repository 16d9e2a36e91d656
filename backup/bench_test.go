package backup_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/store"
)

// million fills a store with a million answers, their assignments and events.
const million = `
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO annotation (org, project, id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took, device_time, stored, seq, body_hash)
	SELECT 'o', 'p', printf('a-%034d', i * 7919 % 1000003), printf('s-%034d', i * 7919 % 1000003), printf('t-%034d', i / 10), printf('i-%034d', i / 10), printf('u-%034d', i % 100), 'class',
	'01a216b2-836d-7138-bfaf-d5c881163210', '', '', '', 0, 1500, 0, i, i + 1, printf('%064d', i) FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO assignment (org, project, id, task, item, annotator, lease_until, why, state)
	SELECT 'o', 'p', printf('s-%034d', i * 7919 % 1000003), printf('t-%034d', i / 10), printf('i-%034d', i / 10), printf('u-%034d', i % 100), i, 'active', 1 FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO log (org, seq, project, kind, actor, subject, body, at)
	SELECT 'o', i + 1, 'p', 'answer.stored', printf('u-%034d', i % 100), printf('a-%034d', i), printf('{"id":"a-%034d","assignment":"s-%034d","task":"t-%034d","answer":"class","class":"01a216b2-836d-7138-bfaf-d5c881163210"}', i, i, i / 10), i FROM n;`

// BenchmarkMillion backs a million answers up while eight people write, and
// restores and verifies them.
func BenchmarkMillion(b *testing.B) {
	dir := b.TempDir()
	db, err := store.Open(b.Context(), dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	db.Close()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "akhra.db")+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := raw.Exec(million); err != nil {
		b.Fatal(err)
	}
	raw.Close()
	if db, err = store.Open(b.Context(), dir, store.Options{}); err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	org, err := db.EnsureOrg(b.Context(), "Khunti centre")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		start := time.Now()
		rest, wrote := writers(b, db, org.ID)
		at, m, err := backup.Make(b.Context(), db, dir, b.TempDir(), time.Now())
		took := time.Since(start)
		rest()
		if err != nil || m.Facts.Answers != 1_000_000 {
			b.Fatal(m.Facts, err)
		}
		b.ReportMetric(took.Seconds(), "backup-s")
		b.ReportMetric(float64(*wrote)/took.Seconds(), "writes/s")
		if info, err := os.Stat(filepath.Join(at, "akhra.db")); err == nil {
			b.ReportMetric(float64(info.Size())/1e6, "MB")
		}
		start = time.Now()
		if _, err := backup.Restore(b.Context(), at, filepath.Join(b.TempDir(), "data"), true); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "restore-s")
	}
}

// writers write until rest is called, which tells them how often they could.
func writers(b *testing.B, db *store.DB, org akhra.OrgID) (rest func(), wrote *int) {
	stop, wrote := make(chan struct{}), new(int)
	var all sync.WaitGroup
	var mu sync.Mutex
	for range 8 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := db.Append(b.Context(), akhra.Event{Org: org, Kind: akhra.EventExported}); err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				*wrote++
				mu.Unlock()
			}
		})
	}
	return func() { close(stop); all.Wait() }, wrote
}
