package engine_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"akhra.dev/akhra"
)

// The project of testdata/upgrade that a program of the first form worked in.
var upgraded = akhra.Tenant{Org: "018bcfe5-6800-7ae6-b83f-4fbde91b6eb8", Project: "018bcfe5-6800-7b73-a48e-d247dbe5882e"}

// TestUpgrade_EveryEarlierFormKeepsEverything opens a folder of every form
// there was: each row is as it was, an answer sent again is known, and the log
// replays to what it replays to in a folder that never was older.
func TestUpgrade_EveryEarlierFormKeepsEverything(t *testing.T) {
	t.Parallel()
	all := forms(t)
	want := folderOf(t, all).replay()
	if n := len(want["consensus"].(map[akhra.TaskID]akhra.Consensus)); n != 6 {
		t.Fatalf("the newest form replays to %d tasks of 6", n)
	}
	rows := map[string][]int64{"the last step but one landed late": slices.Delete(slices.Clone(all), len(all)-2, len(all)-1)}
	for i := range all {
		rows[fmt.Sprintf("form %d", all[i])] = all[:i+1]
	}
	for name, steps := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := folderOf(t, steps)
			w.sendAgain()
			for what, got := range w.replay() {
				if !reflect.DeepEqual(got, want[what]) {
					t.Errorf("the log replays to the %s\n%+v, want\n%+v", what, got, want[what])
				}
			}
		})
	}
}

// forms are the numbers of the steps a database went through, in order.
func forms(t *testing.T) (numbers []int64) {
	t.Helper()
	names, err := filepath.Glob("../store/migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		number, _, _ := strings.Cut(filepath.Base(name), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}

// folderOf makes a data folder that went through the given steps, with the rows
// a program of that form had, opens it with today's and compares every row.
func folderOf(t *testing.T, steps []int64) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), chance: rand.NewChaCha8([32]byte{9}), tenant: upgraded, truth: map[akhra.ItemID]int{}}
	w.millis.Store(1_700_000_200_000)
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "akhra.db"))
	w.must(err)
	defer func() { w.must(raw.Close()) }()
	p, err := goose.NewProvider(goose.DialectSQLite3, raw, os.DirFS("../store/migrations"))
	w.must(err)
	for _, step := range steps {
		_, err := p.ApplyVersion(t.Context(), step, true)
		w.must(err)
	}
	for _, step := range steps {
		text, err := os.ReadFile(fmt.Sprintf("testdata/upgrade/%05d.sql", step))
		if os.IsNotExist(err) {
			continue // a step that only made an index
		}
		w.must(err)
		_, err = raw.Exec(string(text))
		w.must(err)
	}
	columns := w.columns(raw)
	before := w.stored(raw, columns)
	w.open()
	t.Cleanup(w.close)
	for table, was := range before {
		if is := w.stored(raw, columns)[table]; !slices.Equal(was, is) {
			t.Errorf("%s held\n%s, now holds\n%s", table, strings.Join(was, "\n"), strings.Join(is, "\n"))
		}
	}
	return w
}

// columns are those of every table, as they are now.
func (w *world) columns(raw *sql.DB) map[string][]string {
	w.t.Helper()
	found := map[string][]string{}
	rows, err := raw.Query(`SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%'`)
	w.must(err)
	defer rows.Close()
	for rows.Next() {
		var table, column string
		w.must(rows.Scan(&table, &column))
		found[table] = append(found[table], fmt.Sprintf("quote(%q)", column))
	}
	w.must(rows.Err())
	return found
}

// stored is all that stands in those columns, sorted.
func (w *world) stored(raw *sql.DB, columns map[string][]string) map[string][]string {
	w.t.Helper()
	all := map[string][]string{}
	for table, names := range columns {
		rows, err := raw.Query(fmt.Sprintf("SELECT %s FROM %q", strings.Join(names, " || ', ' || "), table))
		w.must(err)
		for rows.Next() {
			var row string
			w.must(rows.Scan(&row))
			all[table] = append(all[table], row)
		}
		w.must(rows.Err())
		slices.Sort(all[table])
	}
	return all
}

// sendAgain sends an answer from before the upgrade once more, as a device
// does that never heard that it was stored.
func (w *world) sendAgain() {
	w.t.Helper()
	var said akhra.Annotation
	w.must(w.db.Standing(w.t.Context(), w.tenant, func(a akhra.Annotation) error { said = a; return nil }))
	verdicts, err := w.db.Submit(w.t.Context(), w.tenant, said.Annotator, []akhra.Annotation{said})
	w.must(err)
	if verdicts[0].Outcome != akhra.Duplicate {
		w.t.Errorf("an answer sent again is %+v", verdicts[0])
	}
}

// replay forgets what was concluded, follows the log from its beginning and
// gives what comes of it. What the program of then had concluded must come of
// it again: the class of every task and whether it is settled.
func (w *world) replay() map[string]any {
	w.t.Helper()
	then := w.concluded()
	w.forget()
	w.drain()
	now := w.concluded()
	for task, was := range then {
		if is := now[task]; is.Class != was.Class || is.State != was.State || is.Answers != was.Answers {
			w.t.Errorf("task %s was %s %s, is %s %s", task, was.State, was.Class, is.State, is.Class)
		}
	}
	skills, err := w.db.Skills(w.t.Context(), w.tenant)
	w.must(err)
	counts, err := w.db.PerAnnotator(w.t.Context(), w.tenant)
	w.must(err)
	active := map[akhra.UserID][]akhra.Activity{}
	for _, c := range counts {
		active[c.User], err = w.db.Activity(w.t.Context(), w.tenant.Org, c.User, 0)
		w.must(err)
	}
	page, err := w.e.Catalogue.Find(w.t.Context(), w.tenant, akhra.Search{}, "", 10)
	w.must(err)
	figures, err := w.e.Consensus.Figures(w.t.Context(), w.tenant)
	w.must(err)
	stand, err := w.db.Counts(w.t.Context(), w.tenant)
	w.must(err)
	return map[string]any{"consensus": now, "skills": skills, "counts": counts, "activity": active, "pictures": page, "figures": figures, "standing": stand}
}

func (w *world) concluded() map[akhra.TaskID]akhra.Consensus {
	w.t.Helper()
	rows := map[akhra.TaskID]akhra.Consensus{}
	w.must(w.db.AllConsensus(w.t.Context(), w.tenant, func(c akhra.Consensus) error { rows[c.Task] = c; return nil }))
	return rows
}

// forget empties the folder of what rooms concluded from the log.
func (w *world) forget() {
	w.t.Helper()
	w.close()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "akhra.db"))
	w.must(err)
	for _, table := range []string{"consensus", "skill", "figures", "log_cursor"} {
		_, err := raw.Exec("DELETE FROM " + table)
		w.must(err)
	}
	_, err = raw.Exec("UPDATE judged SET done = 0, review = 0, asked = 0")
	w.must(err)
	w.must(raw.Close())
	w.open()
}
