package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
)

const (
	jobLease  = time.Minute
	beatEvery = 2 * time.Second
	jobPoll   = time.Second
)

// ImportArgs are the arguments of an import job. A zip that was uploaded is
// removed when the job has ended.
type ImportArgs struct {
	Path   string        `json:"path"`
	Kind   string        `json:"kind"` // "zip" or "dir"
	Remove bool          `json:"remove,omitempty"`
	Batch  akhra.BatchID `json:"batch,omitempty"` // that the pictures come into
}

// quickKinds are the jobs that people wait for; they are not to stand behind an
// import of a hundred thousand pictures.
var quickKinds = []string{akhra.JobFreeze, akhra.JobTable}

// runQuick claims and runs the jobs that people wait for.
func (e *Engine) runQuick(ctx context.Context) error { return e.runJobsOf(ctx, quickKinds...) }

// runJobs claims and runs jobs one after another; each uses the cores itself.
func (e *Engine) runJobs(ctx context.Context) error { return e.runJobsOf(ctx) }

func (e *Engine) runJobsOf(ctx context.Context, kinds ...string) error {
	for ctx.Err() == nil {
		ran, err := false, e.storeEnds(ctx)
		if err == nil {
			ran, err = e.runJob(ctx, kinds...)
		}
		if err != nil && ctx.Err() == nil {
			e.log.Error("claiming or ending a job failed", "error", err)
		}
		if !ran {
			e.waitForJob(ctx)
		}
	}
	return nil
}

func (e *Engine) waitForJob(ctx context.Context) {
	head, err := e.db.Head(ctx, e.org)
	if err != nil {
		pause(ctx, jobPoll)
		return
	}
	timer := time.NewTimer(jobPoll)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-e.db.Changed(e.org, head):
	}
}

// runJob claims and runs one job of the kinds, of any when none is named; false
// when none waits. A job whose process
// died is claimed again when its lease ends, and goes on where it stood.
func (e *Engine) runJob(ctx context.Context, kinds ...string) (bool, error) {
	job, tenant, err := e.db.ClaimJob(ctx, jobLease, kinds...)
	if akhra.CodeOf(err) == akhra.NotFound {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("claim job: %w", err)
	}
	run := &jobRun{engine: e, job: job, tenant: tenant}
	run.ctx, run.stop = context.WithCancel(ctx)
	defer run.stop()
	go run.beat()
	note, err := run.do()
	if ctx.Err() != nil {
		return true, nil // the engine stops: the lease runs out and the job goes on elsewhere
	}
	return true, run.end(ctx, note, err)
}

// jobRun is one job under way.
type jobRun struct {
	engine *Engine
	job    akhra.Job
	tenant akhra.Tenant
	ctx    context.Context
	stop   context.CancelFunc

	mu          sync.Mutex
	done, total int
	note        string
	cancelled   bool
}

// beat keeps the lease, tells the progress and hears of a cancel.
func (r *jobRun) beat() {
	for pause(r.ctx, beatEvery) {
		r.tell()
	}
}

func (r *jobRun) tell() {
	r.mu.Lock()
	done, total, note := r.done, r.total, r.note
	r.mu.Unlock()
	cancel, err := r.engine.db.BeatJob(r.ctx, r.tenant, r.job.ID, done, total, note)
	if err != nil && r.ctx.Err() == nil {
		r.engine.log.Warn("job progress not stored", "job", r.job.ID, "error", err)
	}
	if cancel {
		r.mu.Lock()
		r.cancelled = true
		r.mu.Unlock()
		r.stop()
	}
}

func (r *jobRun) progress(done, total int, note string) {
	r.mu.Lock()
	r.done, r.total, r.note = done, total, note
	r.mu.Unlock()
}

func (r *jobRun) do() (note string, err error) {
	switch r.job.Kind {
	case akhra.JobImport:
		return r.importPictures()
	case akhra.JobChange:
		return r.changePictures()
	case akhra.JobEmbed:
		return "", r.engine.Sight.Vectors(r.ctx, r.tenant, func(done, total int) { r.progress(done, total, "") })
	case akhra.JobFreeze:
		return r.freeze()
	case akhra.JobTable:
		return r.takeTable()
	case akhra.JobErase:
		return r.eraseProject()
	case akhra.JobFree:
		return r.freeFiles()
	}
	return "", akhra.Errorf(akhra.Invalid, "There is no job of kind %q.", r.job.Kind)
}

func (r *jobRun) importPictures() (string, error) {
	var args ImportArgs
	if err := json.Unmarshal([]byte(r.job.Args), &args); err != nil {
		return "", fmt.Errorf("read job arguments: %w", err)
	}
	progress := func(report ingest.Report) { r.progress(report.Done, report.Total, reportNote(report, nil)) }
	into := ingest.Into{Tenant: r.tenant, Batch: args.Batch}
	var report ingest.Report
	var err error
	if args.Kind == "dir" {
		report, err = r.engine.Ingest.Dir(r.ctx, into, args.Path, progress)
	} else {
		report, err = r.importZip(into, args.Path, progress)
	}
	r.progress(report.Done, report.Total, reportNote(report, err))
	if err != nil {
		return reportNote(report, err), err
	}
	return reportNote(report, nil), r.engine.wantVectors(r.ctx, r.tenant)
}

func (r *jobRun) importZip(into ingest.Into, path string, progress func(ingest.Report)) (ingest.Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return ingest.Report{}, fmt.Errorf("open uploaded zip: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return ingest.Report{}, fmt.Errorf("open uploaded zip: %w", err)
	}
	return r.engine.Ingest.Zip(r.ctx, into, file, info.Size(), progress)
}

// discard removes the upload of an import that is over, however it ended.
func (r *jobRun) discard() {
	var args ImportArgs
	if r.job.Kind != akhra.JobImport || json.Unmarshal([]byte(r.job.Args), &args) != nil || !args.Remove {
		return
	}
	if err := os.Remove(args.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.engine.log.Warn("an imported zip was not removed", "error", err)
	}
}

// end stores what became of the job.
func (r *jobRun) end(ctx context.Context, note string, failure error) error {
	r.mu.Lock()
	done, total, cancelled := r.done, r.total, r.cancelled
	if note == "" {
		note = r.note
	}
	r.mu.Unlock()
	state := akhra.JobDone
	switch {
	case cancelled:
		state = akhra.JobCancelled
	case failure != nil:
		state = akhra.JobFailed
		r.engine.log.Error("job failed", "job", r.job.ID, "kind", r.job.Kind, "error", failure)
		if note == "" || note == "{}" {
			note = failureNote(failure)
		}
	}
	over := r.job
	over.State, over.Done, over.Total, over.Note = state, done, total, note
	err := r.engine.storeEnd(ctx, ending{r.tenant, over})
	r.discard()
	return err
}

// reportNote is the note of an import job, as the API shows it: what became of
// the pictures, and the sentence of what ended it early, if anything did.
func reportNote(report ingest.Report, failure error) string {
	type refusal struct {
		Name   string `json:"name"`
		Reason string `json:"reason"`
	}
	note := struct {
		Imported int       `json:"imported"`
		Known    int       `json:"known"`
		Refused  int       `json:"refused"`
		Reasons  []refusal `json:"reasons"`
		Error    string    `json:"error,omitempty"`
	}{report.Imported, report.Known, report.Refused, []refusal{}, ""}
	if failure != nil {
		note.Error = akhra.Sentence(failure)
	}
	for _, r := range report.Reasons {
		note.Reasons = append(note.Reasons, refusal{r.Name, r.Reason})
	}
	body, _ := json.Marshal(note) // plain strings and numbers always encode
	return string(body)
}

func failureNote(err error) string {
	body, _ := json.Marshal(map[string]string{"error": akhra.Sentence(err)})
	return string(body)
}

// wantVectors adds an embedding job when pictures lack a vector and no job
// under way will give them one.
func (e *Engine) wantVectors(ctx context.Context, t akhra.Tenant) error {
	lacking, err := e.Sight.Lacking(ctx, t)
	if err != nil || lacking == 0 {
		return err
	}
	jobs, err := e.db.Jobs(ctx, t)
	if err != nil {
		return fmt.Errorf("read jobs: %w", err)
	}
	for _, j := range jobs {
		if j.Kind == akhra.JobEmbed && j.State == akhra.JobWaiting {
			return nil
		}
	}
	now := akhra.MillisOf(e.now())
	job := akhra.Job{ID: akhra.JobID(e.db.NewID()), Project: t.Project, Kind: akhra.JobEmbed, Args: "{}",
		Total: lacking, State: akhra.JobWaiting, RunAt: now, Created: now}
	if err := e.db.AddJob(ctx, t, job); err != nil {
		return fmt.Errorf("add embedding job: %w", err)
	}
	return nil
}
