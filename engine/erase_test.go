package engine_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
)

// TestErase_LeavesNothing fills a project with all there is, erases it, with a
// restart in between, and looks for it in every table and among all files. A
// project with some of the same pictures keeps all of its own.
func TestErase_LeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 3)
	ctx := t.Context()
	w.pictures(40)
	w.drain()
	for who := range 3 {
		for _, a := range w.lease(who, 25) {
			w.answer(who, a, w.truth[a.Item])
		}
	}
	w.drain()
	items, err := w.db.Items(ctx, w.tenant, 0, 100)
	w.must(err)
	lead := w.people[0]
	guideline, err := w.blobs.PutBytes(ctx, []byte("a drawing"))
	w.must(err)
	_, err = w.db.SetGuideline(ctx, w.tenant, akhra.Guideline{Text: "Look.", By: lead}, 0)
	w.must(err)
	w.must(w.db.ReadGuideline(ctx, w.tenant, lead, 1))
	w.must(w.db.AddGuidelinePicture(ctx, w.tenant, akhra.GuidelineID(w.db.NewID()), guideline, lead))
	w.must(w.db.SetGold(ctx, w.tenant, []akhra.Gold{{Item: items[0].ID, Class: w.classes[0], Source: akhra.GoldImport, By: lead}}))
	change := akhra.Change{ID: akhra.ChangeID(w.db.NewID()), Act: akhra.ChangeRemove, By: lead}
	_, _, err = w.e.Change(ctx, w.tenant, change, []akhra.ItemID{items[1].ID}, nil)
	w.must(err)
	w.must(w.db.PutView(ctx, w.tenant, akhra.View{ID: akhra.ViewID(w.db.NewID()), Name: "mine", By: lead}))
	w.must(w.db.Give(ctx, w.tenant.Org, w.people[2], []akhra.ProjectID{w.tenant.Project}, lead))
	w.drain()

	gone := w.tenant
	other := akhra.Tenant{Org: gone.Org, Project: akhra.ProjectID(w.db.NewID())}
	p, labels, err := w.db.Project(ctx, gone)
	w.must(err)
	p.ID, p.Name, labels.Version = other.Project, "the other", 1
	w.must(w.db.AddProject(ctx, other, p, labels))
	shared := items[:10]
	for i := range shared {
		shared[i].ID = akhra.ItemID(w.db.NewID())
	}
	_, err = w.db.AddItems(ctx, other, shared)
	w.must(err)
	w.drain()
	kept := w.rows(other.Project)
	if had := w.rows(gone.Project); had["annotation"] == 0 || had["log"] == 0 || had["model"] == 0 || had["guideline_picture"] == 0 || had["change_item"] == 0 {
		t.Fatalf("the project has too little to prove anything: %v", had)
	}

	w.must(w.e.Erase(ctx, gone, lead))
	if more, err := w.db.EraseProject(ctx, gone, 3); err != nil || !more {
		t.Fatalf("a first step: more %v, %v", more, err)
	}
	w.close()
	w.open()
	w.drain()
	if left := w.rows(gone.Project); len(left) > 0 {
		t.Errorf("of the erased project there are still %v", left)
	}
	if now := w.rows(other.Project); fmt.Sprint(now) != fmt.Sprint(kept) {
		t.Errorf("the other project has %v, had %v", now, kept)
	}
	events, err := w.db.Events(ctx, gone.Org, 0, 10_000)
	w.must(err)
	told := false
	for _, e := range events {
		told = told || e.Kind == akhra.EventProjectErased && e.Subject == string(gone.Project)
	}
	if !told {
		t.Error("the log does not say that it was erased")
	}
	if _, err := os.Stat(filepath.Join(w.dir, "blobs", "vectors", string(gone.Org), string(gone.Project))); !os.IsNotExist(err) {
		t.Errorf("its vectors: %v", err)
	}
	if _, err := w.blobs.Get(ctx, items[20].Blob); err != nil {
		t.Errorf("a file went before a backup could be through: %v", err)
	}
	again := items[30].Blob
	body, err := w.blobs.Get(ctx, again)
	w.must(err)
	w.millis.Store(time.Now().Add(time.Hour - time.Minute).UnixMilli()) // what was put before a minute ago is old
	for _, one := range items {
		w.must(os.Chtimes(filepath.Join(w.dir, "blobs", one.Blob[:2], one.Blob[2:4], one.Blob), time.Time{}, time.Now().Add(-time.Hour)))
	}
	_, err = w.blobs.PutBytes(ctx, body)
	w.must(err)
	w.drain()
	for i, one := range items {
		_, err := w.blobs.Get(ctx, one.Blob)
		want := i < 10 || one.Blob == again
		if got := err == nil; got != want {
			t.Errorf("file %d is here: %v, want %v", i, got, want)
		}
	}
}

// rows counts what every table of the database has of a project.
func (w *world) rows(project akhra.ProjectID) map[string]int {
	w.t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "akhra.db")+"?mode=ro")
	w.must(err)
	defer raw.Close()
	tables, err := raw.Query("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'")
	w.must(err)
	columns := map[string][]string{}
	for tables.Next() {
		var table, column string
		w.must(tables.Scan(&table, &column))
		columns[table] = append(columns[table], column)
	}
	w.must(tables.Err())
	found := map[string]int{}
	for table, names := range columns {
		var where []string
		for _, name := range names {
			if table == "log" && name != "project" || table == "job" && name == "args" {
				continue // the organisation's own events name its id: that it was erased, whom it was given to; and so does the job
			}
			where = append(where, fmt.Sprintf("CAST(%q AS TEXT) LIKE '%%%s%%'", name, project))
		}
		var n int
		w.must(raw.QueryRow(fmt.Sprintf("SELECT COUNT(*) FROM %q WHERE %s", table, strings.Join(where, " OR "))).Scan(&n))
		if n > 0 {
			found[table] = n
		}
	}
	return found
}
