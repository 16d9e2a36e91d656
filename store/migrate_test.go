package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
