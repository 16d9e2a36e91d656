package storetest

import (
	"context"

	"akhra.dev/akhra"
)

// Erasing is how a project goes for good.
type Erasing interface {
	EraseLater(ctx context.Context, t akhra.Tenant, by akhra.UserID, job akhra.Job) error
	EraseProject(ctx context.Context, t akhra.Tenant, n int) (more bool, err error)
	FreeBlobs(ctx context.Context, org akhra.OrgID, n int) ([]string, error)
	Freed(ctx context.Context, org akhra.OrgID, last string) error
}

// erasing: only a marked project goes, a few rows at a time and whatever else
// happens meanwhile; no place in the log is given twice, another project keeps
// all it has, and the blobs that were named are noted.
func erasing(w *world) {
	t, l := w.project("leaves")
	other, _ := w.project("other")
	lead, asha := w.person("lead"), w.person("asha")
	for _, a := range w.lease(t, asha, 3, places(w.tasks(t, 5))) {
		w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(a, l.Classes[0].ID)))
	}
	w.tasks(other, 2)
	kept := w.entries(other)
	_, err := w.EraseProject(w.ctx(), t, 10)
	w.wantCode(akhra.Conflict, err, "not marked")
	waiting := akhra.Job{ID: akhra.JobID(w.NewID()), Project: t.Project, Kind: akhra.JobEmbed, Args: "{}", State: akhra.JobWaiting, RunAt: w.now()}
	w.must(w.AddJob(w.ctx(), t, waiting))
	job := akhra.Job{ID: akhra.JobID(w.NewID()), Kind: akhra.JobErase, Args: "{}", State: akhra.JobWaiting, RunAt: w.now()}
	w.must(w.EraseLater(w.ctx(), t, lead.ID, job))
	w.wantCode(akhra.NotFound, w.EraseLater(w.ctx(), t, lead.ID, job), "marked already")
	w.wantCode(akhra.NotFound, w.SetProjectState(w.ctx(), t, akhra.ProjectActive, lead.ID), "brought back")
	if claimed, of, err := w.ClaimJob(w.ctx(), 1e9); err != nil || claimed.ID != job.ID || of.Project != "" {
		w.Errorf("the next job is %+v of %+v, %v: want the one that erases, for those of the project are cancelled", claimed, of, err)
	}
	head, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	steps := 0
	for more := true; more; steps++ {
		more, err = w.EraseProject(w.ctx(), t, 2)
		w.must(err)
		w.must(w.SetLanguage(w.ctx(), t.Org, lead.ID, "hi"))
		if now, err := w.Head(w.ctx(), t.Org); err != nil || now < head {
			w.Fatalf("the log's head fell from %d to %d, %v", head, now, err)
		} else {
			head = now
		}
	}
	if steps < 8 {
		w.Errorf("it was erased in %d steps of two rows", steps)
	}
	if more, err := w.EraseProject(w.ctx(), t, 2); err != nil || more {
		w.Errorf("once more: %v, %v", more, err)
	}
	_, _, err = w.Project(w.ctx(), t)
	w.wantCode(akhra.NotFound, err, "the erased project")
	events, err := w.Events(w.ctx(), t.Org, 0, 1000)
	w.must(err)
	if last := events[len(events)-1]; last.Kind != akhra.EventProjectErased || last.Subject != string(t.Project) || last.Project != "" || last.Seq != head {
		w.Errorf("the log ends with %+v", last)
	}
	for _, e := range events {
		if e.Project == t.Project {
			w.Errorf("the log still has %+v", e)
		}
	}
	if now := w.entries(other); len(now) != len(kept) {
		w.Errorf("the other project has %d pictures, had %d", len(now), len(kept))
	}
	free, err := w.FreeBlobs(w.ctx(), t.Org, 3)
	if w.must(err); len(free) != 3 {
		w.Fatalf("blobs to look after: %v", free)
	}
	w.must(w.Freed(w.ctx(), t.Org, free[2]))
	if rest, err := w.FreeBlobs(w.ctx(), t.Org, 100); err != nil || len(rest) != 2 {
		w.Errorf("left to look after: %v, %v, want two of five", rest, err)
	}
}
