package table

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/engine"
)

// room is what the operations of this package share.
type room struct {
	*door.Door
}

// TableView is a table that was brought and the beginning of it.
type TableView struct {
	Table   akhra.TableID `json:"table"`
	Name    string        `json:"name"`
	Columns []string      `json:"columns"`
	Rows    [][]string    `json:"rows" doc:"The first ones"`
	Guess   PlanBody      `json:"guess"`
}

// PlanBody says what a table is.
type PlanBody struct {
	As          akhra.RecordedKind `json:"as" enum:"answers,consensus,gold,predictions"`
	Item        int                `json:"item" doc:"Place of the column that names the picture, from 0; -1 for none"`
	Annotator   int                `json:"annotator"`
	Class       int                `json:"class"`
	Probability int                `json:"probability"`
	Classes     map[string]string  `json:"classes,omitempty" doc:"What becomes of a class of the table: make, leave, or the id of one of the project's"`
}

// TakingStarted names the job that takes a table in.
type TakingStarted struct {
	Taking akhra.JobID `json:"taking"`
}

// TakingView is how far a table is taken in, and what became of it.
type TakingView struct {
	State   akhra.JobState    `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Done    int               `json:"done" doc:"Kilobytes read"`
	Total   int               `json:"total"`
	Set     int               `json:"set"`
	Known   int               `json:"known" doc:"Lines that say what is known already"`
	Left    int               `json:"left" doc:"Lines of classes that were to be left out"`
	Refused int               `json:"refused"`
	Reasons []dataset.Refusal `json:"reasons" doc:"The first of the refused"`
	Lines   bool              `json:"lines" doc:"All refused lines can be fetched"`
	Note    string            `json:"note,omitempty" doc:"What ended it early"`
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d}
	type inTable struct {
		door.InProject
		Table akhra.TableID `path:"table" maxLength:"40"`
		Body  PlanBody
	}
	type running struct {
		door.InProject
		Taking akhra.JobID `path:"taking" maxLength:"40"`
	}
	a.Plain("add-table", a.add, door.Shapes(door.Params("path", "project"), door.Params("query", "name"), door.BytesIn("text/csv"), door.Answers[TableView](a.Door)))
	door.Register(a.Door, "look-table", func(ctx context.Context, in *inTable) (*door.Body[dataset.Look], error) {
		return door.Answer(a.look(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Table, in.Body))
	})
	door.Register(a.Door, "take-table", func(ctx context.Context, in *inTable) (*door.Body[TakingStarted], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.take(ctx, c, c.Tenant(in.Project), in.Table, in.Body))
	})
	door.Register(a.Door, "taking", func(ctx context.Context, in *running) (*door.Body[TakingView], error) {
		return door.Answer(a.taking(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Taking))
	})
	a.Plain("taking-file", a.refused, door.Shapes(door.Params("path", "project", "taking"), door.BytesOut("text/csv")))
}

// add keeps a table and shows its beginning.
func (a *room) add(w http.ResponseWriter, r *http.Request) error {
	ctx, c := r.Context(), door.CallerIn(r.Context())
	t := c.Tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.Known(ctx, t); err != nil {
		return err
	}
	id, err := a.NewID()
	if err != nil {
		return fmt.Errorf("make a table's id: %w", err)
	}
	table := akhra.Table{ID: akhra.TableID(id), Name: akhra.CleanName(r.URL.Query().Get("name")), By: c.User.ID}
	if table.Blob, table.Size, err = a.Blobs.Put(ctx, r.Body); err != nil {
		return err
	}
	body, err := a.Blobs.Open(table.Blob)
	if err != nil {
		return err
	}
	defer body.Close()
	first, err := dataset.ReadPreview(body)
	if err != nil {
		return err
	}
	if err := a.DB.AddTable(ctx, t, table); err != nil {
		return err
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, TableView{Table: table.ID, Name: table.Name, Columns: first.Columns, Rows: first.Rows, Guess: PlanBody(first.Guess)})
	return nil
}

func (a *room) look(ctx context.Context, t akhra.Tenant, id akhra.TableID, plan PlanBody) (dataset.Look, error) {
	table, err := a.DB.Table(ctx, t, id)
	if err != nil {
		return dataset.Look{}, err
	}
	body, err := a.Blobs.Open(table.Blob)
	if err != nil {
		return dataset.Look{}, err
	}
	defer body.Close()
	return a.Engine.Intake.Look(ctx, t, body, dataset.Plan(plan))
}

func (a *room) take(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.TableID, plan PlanBody) (TakingStarted, error) {
	if _, err := a.DB.Table(ctx, t, id); err != nil {
		return TakingStarted{}, err
	}
	job, err := a.Engine.StartTable(ctx, t, id, dataset.Plan(plan), c.User.ID)
	return TakingStarted{job}, err
}

func (a *room) taking(ctx context.Context, t akhra.Tenant, id akhra.JobID) (TakingView, error) {
	job, note, err := a.find(ctx, t, id)
	if err != nil {
		return TakingView{}, err
	}
	if note.Reasons == nil {
		note.Reasons = []dataset.Refusal{}
	}
	return TakingView{State: job.State, Done: job.Done, Total: job.Total, Set: note.Set, Known: note.Known, Left: note.Left, Refused: note.Refused,
		Reasons: note.Reasons, Lines: note.RefusedLines != "", Note: note.Error}, nil
}

func (a *room) find(ctx context.Context, t akhra.Tenant, id akhra.JobID) (akhra.Job, engine.TableNote, error) {
	var note engine.TableNote
	jobs, err := a.DB.Jobs(ctx, t)
	if err != nil {
		return akhra.Job{}, note, fmt.Errorf("list jobs: %w", err)
	}
	for _, j := range jobs {
		if j.ID != id || j.Kind != akhra.JobTable {
			continue
		}
		j = a.Engine.Ended(j)
		if j.Note != "" {
			err = json.Unmarshal([]byte(j.Note), &note)
		}
		return j, note, err
	}
	return akhra.Job{}, note, akhra.Errorf(akhra.NotFound, "There is no such job.")
}

// refused sends the lines that were not taken, to be mended and brought again.
func (a *room) refused(w http.ResponseWriter, r *http.Request) error {
	t := door.CallerIn(r.Context()).Tenant(akhra.ProjectID(r.PathValue("project")))
	_, note, err := a.find(r.Context(), t, akhra.JobID(r.PathValue("taking")))
	if err != nil {
		return err
	}
	body := []byte("line,reason\r\n")
	if note.RefusedLines != "" {
		if body, err = a.Blobs.Get(r.Context(), note.RefusedLines); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="refused.csv"`)
	_, err = w.Write(body)
	return err
}
