package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/store"
)

var _ dataset.Recorder = (*store.DB)(nil)

// tableArgs are the arguments of a job that takes a table in.
type tableArgs struct {
	Table akhra.TableID `json:"table"`
	Plan  dataset.Plan  `json:"plan"`
	By    akhra.UserID  `json:"by"`
}

// TableNote is the note of such a job: what became of the table, the bytes of
// its refused lines, and what ended it early, if anything did.
type TableNote struct {
	dataset.Taken
	RefusedLines string `json:"refusedLines,omitempty"` // SHA-256
	Error        string `json:"error,omitempty"`
}

// StartTable adds a job that takes a table in.
func (e *Engine) StartTable(ctx context.Context, t akhra.Tenant, table akhra.TableID, plan dataset.Plan, by akhra.UserID) (akhra.JobID, error) {
	return e.addJob(ctx, t, akhra.JobTable, tableArgs{table, plan, by})
}

func (r *jobRun) takeTable() (string, error) {
	var args tableArgs
	if err := json.Unmarshal([]byte(r.job.Args), &args); err != nil {
		return "", fmt.Errorf("read job arguments: %w", err)
	}
	table, err := r.engine.db.Table(r.ctx, r.tenant, args.Table)
	if err != nil {
		return "", err
	}
	table.By = args.By
	body, err := r.engine.blobs.Open(table.Blob)
	if err != nil {
		return "", err
	}
	defer body.Close()
	counted := &counting{Reader: body}
	note := TableNote{}
	note.Taken, note.RefusedLines, err = r.engine.TakeTable(r.ctx, r.tenant, counted, table, args.Plan, func(int) {
		r.progress(int(counted.n>>10), int(max(counted.n, table.Size)>>10), "")
	})
	if err != nil {
		note.Error = akhra.Sentence(err)
	}
	text, encoding := json.Marshal(note)
	if encoding != nil {
		return "", encoding
	}
	return string(text), err
}

// TakeTable takes a table in at once and keeps its refused lines as a blob, ""
// when there are none.
func (e *Engine) TakeTable(ctx context.Context, t akhra.Tenant, r io.Reader, from akhra.Table, plan dataset.Plan, told func(lines int)) (taken dataset.Taken, refused string, err error) {
	read, write := io.Pipe()
	kept := make(chan error, 1)
	go func() {
		var err error
		refused, _, err = e.blobs.Put(ctx, read)
		read.CloseWithError(err)
		kept <- err
	}()
	taken, err = e.Intake.Import(ctx, t, r, from, plan, write, told)
	write.CloseWithError(err)
	if failed := <-kept; err == nil {
		err = failed
	}
	if taken.Refused == 0 {
		refused = ""
	}
	return taken, refused, err
}

// counting tells how many bytes were read: how far a table is.
type counting struct {
	io.Reader
	n int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
