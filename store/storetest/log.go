package storetest

import (
	"sync"
	"time"

	"akhra.dev/akhra"
)

func eventLog(w *world) {
	org := w.org()
	from, err := w.Head(w.ctx(), org)
	w.must(err)
	grown := w.Changed(org, from)
	select {
	case <-grown:
		w.Error("the log is said to have grown before anything happened")
	default:
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if _, err := w.Append(w.ctx(), akhra.Event{Org: org, Kind: akhra.EventExported, Body: "{}"}); err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	for _, c := range []<-chan struct{}{grown, w.Changed(org, from)} {
		select {
		case <-c:
		case <-time.After(5 * time.Second):
			w.Fatal("nobody was told that the log grew")
		}
	}
	events, err := w.Events(w.ctx(), org, from, 100)
	w.must(err)
	if len(events) != 50 {
		w.Fatalf("%d events, want 50", len(events))
	}
	for i := 1; i < len(events); i++ {
		if events[i].Seq <= events[i-1].Seq {
			w.Errorf("seq %d follows %d", events[i].Seq, events[i-1].Seq)
		}
	}
	if at, err := w.Cursor(w.ctx(), org, "reader"); err != nil || at != 0 {
		w.Errorf("a new reader stands at %d, %v", at, err)
	}
	for _, at := range []akhra.Seq{7, 9} {
		w.must(w.SetCursor(w.ctx(), org, "reader", at))
		if got, err := w.Cursor(w.ctx(), org, "reader"); err != nil || got != at {
			w.Errorf("the reader stands at %d, %v, want %d", got, err, at)
		}
	}
}

func jobs(w *world) {
	t, _ := w.project("Leaves")
	_, _, err := w.ClaimJob(w.ctx(), time.Minute)
	w.wantCode(akhra.NotFound, err, "a claim without work")
	old := akhra.Job{ID: akhra.JobID(w.NewID()), Kind: akhra.JobImport, Args: "{}", State: akhra.JobWaiting, RunAt: w.now(), Created: w.now()}
	young := old
	young.ID, young.RunAt = akhra.JobID(w.NewID()), w.now()+1
	w.must(w.AddJob(w.ctx(), t, young))
	w.must(w.AddJob(w.ctx(), t, old))
	_, _, err = w.ClaimJob(w.ctx(), time.Minute, akhra.JobFreeze, akhra.JobTable)
	w.wantCode(akhra.NotFound, err, "a claim of other kinds")
	got, tenant, err := w.ClaimJob(w.ctx(), time.Minute, akhra.JobFreeze, akhra.JobImport)
	if err != nil || got.ID != old.ID || got.State != akhra.JobRunning || got.Attempt != 1 || tenant != t {
		w.Fatalf("claimed %+v of %v, %v", got, tenant, err)
	}
	_, _, err = w.ClaimJob(w.ctx(), time.Minute)
	w.wantCode(akhra.NotFound, err, "a second claim of one job")
	if waiting, running, err := w.JobCounts(w.ctx(), t.Org); err != nil || waiting != 1 || running != 1 {
		w.Errorf("%d jobs wait, %d run, %v", waiting, running, err)
	}
	w.must(w.CancelJob(w.ctx(), t, old.ID))
	w.must(w.CancelJob(w.ctx(), t, young.ID))
	if cancel, err := w.BeatJob(w.ctx(), t, old.ID, 3, 10, "note"); err != nil || !cancel {
		w.Errorf("beat says cancel %v, %v", cancel, err)
	}
	w.clock = w.clock.Add(2 * time.Minute)
	if got, _, err = w.ClaimJob(w.ctx(), time.Minute); err != nil || got.ID != old.ID || got.Attempt != 2 || got.Done != 3 {
		w.Errorf("a job whose worker fell silent: %+v, %v", got, err)
	}
	w.must(w.EndJob(w.ctx(), t, old.ID, akhra.JobCancelled, "ended"))
	all, err := w.Jobs(w.ctx(), t)
	if err != nil || len(all) != 2 || all[0].State != akhra.JobCancelled || all[1].State != akhra.JobCancelled {
		w.Errorf("jobs = %+v, %v", all, err)
	}
}
