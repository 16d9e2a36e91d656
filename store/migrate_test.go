package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// TestAnOlderFolderCountsTheAnswersItHas brings a folder of the form before
// activity was counted up to date.
func TestAnOlderFolderCountsTheAnswersItHas(t *testing.T) {
	t.Parallel()
	dir, raw := olderFolder(t, 3)
	const hour = 3_600_000
	for i, row := range []struct {
		answer, replaces string
		stored           int
	}{
		{"class", "", 0},         // corrected by the next
		{"not_sure", "a0", hour}, // stands
		{"class", "", 1},         // taken back
		{"undo", "a2", 2},
		{"skip", "", 3},        // never counts
		{"class", "", 899_999}, // stands, in the first step
		{"class", "", 900_000}, // stands, in the second
	} {
		if _, err := raw.Exec(`INSERT INTO annotation VALUES ('o', 'p', $1, $2, $2, 'i', 'u', $3, 'c', '', '', $4, 0, 9, 0, $5, $6, 'h')`,
			fmt.Sprint("a", i), fmt.Sprint("s", []int{0, 0, 2, 2, 4, 5, 6}[i]), row.answer, row.replaces, row.stored, i+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, dir, store.Options{}).Activity(t.Context(), "o", "u", 0)
	want := []akhra.Activity{{From: 0, Answers: 1}, {From: 900_000, Answers: 1}, {From: hour, Answers: 1}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("activity %+v, %v, want %+v", got, err, want)
	}
}

// TestAnOlderProjectAsksItsKnownAnswers: a project that was stored before there
// was gold has the usual share of it.
func TestAnOlderProjectAsksItsKnownAnswers(t *testing.T) {
	t.Parallel()
	dir, raw := olderFolder(t, 1)
	for _, text := range []string{
		`INSERT INTO project VALUES ('o', 'p', 'Leaves', 'What?', 'l', '{"overlap":2,"cap":3,"stopAt":0.95}', 1, 0)`,
		`INSERT INTO label_set VALUES ('o', 'p', 'l', 1, '[]')`,
	} {
		if _, err := raw.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	p, _, err := open(t, dir, store.Options{}).Project(t.Context(), akhra.Tenant{Org: "o", Project: "p"})
	if err != nil || p.Settings.Overlap != 2 || p.Settings.GoldShare != akhra.DefaultGold {
		t.Errorf("read %+v, %v", p.Settings, err)
	}
}

// olderFolder makes a data folder of an older form, its database open.
func olderFolder(t *testing.T, version int64) (dir string, raw *sql.DB) {
	t.Helper()
	dir = t.TempDir()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "akhra.db"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, raw, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return dir, raw
}

// TestAFolderOfANewerVersionIsLeftAlone: whatever form this program does not
// know, and however the newer program ended, not a byte is changed.
func TestAFolderOfANewerVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		version int64
		killed  bool
	}{
		{"a later number", 9999, false},
		{"a number between, that landed late", 8, false},
		{"a newer program that was killed", 9999, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			dir := newerFolder(t, row.version, row.killed)
			before := bytesOf(t, dir)
			_, err := store.Open(t.Context(), dir, store.Options{})
			if akhra.CodeOf(err) != akhra.Precondition || !strings.Contains(err.Error(), "was written by a newer version of Akhra. Start that version; nothing was changed.") {
				t.Errorf("opened: %v", err)
			}
			after := bytesOf(t, dir)
			for name, was := range before {
				if after[name] != was {
					t.Errorf("%s was changed", name)
				}
			}
			if _, logged := before["akhra.db-wal"]; logged != row.killed {
				t.Errorf("a log was left: %v", logged)
			}
		})
	}
}

// newerFolder makes a data folder that went through a step this program does
// not have. A killed program leaves that step in the write-ahead log.
func newerFolder(t *testing.T, version int64, killed bool) string {
	t.Helper()
	dir, left := t.TempDir(), t.TempDir()
	if err := open(t, dir, store.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", filepath.Join(dir, "akhra.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, 1)", version); err != nil {
		t.Fatal(err)
	}
	if killed {
		for name, text := range bytesOf(t, dir) {
			if err := os.WriteFile(filepath.Join(left, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		dir = left
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// bytesOf reads the database and its write-ahead log.
func bytesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"akhra.db", "akhra.db-wal"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			files[name] = string(text)
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return files
}
