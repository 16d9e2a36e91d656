package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/engine"
)

// DatasetList is the frozen versions of a project, newest first.
type DatasetList struct {
	Datasets []DatasetView `json:"datasets"`
}

// DatasetView is one frozen version.
type DatasetView struct {
	ID        akhra.DatasetID `json:"id"`
	No        int             `json:"no"`
	Name      string          `json:"name"`
	Format    akhra.Format    `json:"format" enum:"csv,votes,jsonl,imagenet"`
	SHA256    string          `json:"sha256"`
	Size      int64           `json:"size"`
	Named     bool            `json:"named" doc:"Has the people's names in it; clients do not see it"`
	By        string          `json:"by" doc:"Who froze it; empty for clients"`
	Created   akhra.Millis    `json:"created"`
	Pictures  int             `json:"pictures"`
	Classed   int             `json:"classed"`
	Answers   int             `json:"answers"`
	Certified bool            `json:"certified"`
}

// DatasetDetail is one frozen version and what it says of itself.
type DatasetDetail struct {
	DatasetView
	Card akhra.Card `json:"card"`
}

// FreezeBody is what shall be frozen.
type FreezeBody struct {
	Format  akhra.Format `json:"format" enum:"csv,votes,jsonl,imagenet"`
	Name    string       `json:"name,omitempty" maxLength:"120" doc:"Empty for the next number"`
	Licence string       `json:"licence,omitempty" maxLength:"4000" doc:"What others may do with it, in the owner's words"`
}

// FreezeStarted names the job that freezes.
type FreezeStarted struct {
	Freezing akhra.JobID `json:"freezing"`
}

// FreezeView is how far a version is.
type FreezeView struct {
	State   akhra.JobState  `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Done    int             `json:"done"`
	Total   int             `json:"total"`
	Dataset akhra.DatasetID `json:"dataset,omitempty" doc:"Once it is done"`
	Note    string          `json:"note,omitempty" doc:"Why it failed"`
}

func (a *room) routeDatasets() {
	type start struct {
		door.InProject
		Body FreezeBody
	}
	type running struct {
		door.InProject
		Freezing akhra.JobID `path:"freezing" maxLength:"40"`
	}
	type one struct {
		door.InProject
		Dataset akhra.DatasetID `path:"dataset" maxLength:"40"`
	}
	door.Register(a.Door, "datasets", func(ctx context.Context, in *door.InProject) (*door.Body[DatasetList], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.datasets(ctx, c, c.Tenant(in.Project)))
	})
	door.Register(a.Door, "freeze", func(ctx context.Context, in *start) (*door.Body[FreezeStarted], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.freeze(ctx, c, c.Tenant(in.Project), in.Body))
	})
	door.Register(a.Door, "freezing", func(ctx context.Context, in *running) (*door.Body[FreezeView], error) {
		return door.Answer(a.freezing(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Freezing))
	})
	door.Register(a.Door, "dataset", func(ctx context.Context, in *one) (*door.Body[DatasetDetail], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.dataset(ctx, c, c.Tenant(in.Project), in.Dataset))
	})
	places := door.Params("path", "project", "dataset")
	a.Plain("dataset-file", a.datasetFile, door.Shapes(places, door.BytesOut("application/octet-stream")))
	a.Plain("dataset-card", a.datasetCard, door.Shapes(places, door.BytesOut("text/markdown")))
}

func (a *room) datasets(ctx context.Context, c *door.Caller, t akhra.Tenant) (DatasetList, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return DatasetList{}, err
	}
	all, err := a.DB.Datasets(ctx, t)
	if err != nil {
		return DatasetList{}, fmt.Errorf("list versions: %w", err)
	}
	out := DatasetList{Datasets: make([]DatasetView, 0, len(all))}
	for _, d := range all {
		if d.Named && !named(c) {
			continue
		}
		v, err := a.viewDataset(ctx, c, t, d)
		if err != nil {
			return out, err
		}
		out.Datasets = append(out.Datasets, v)
	}
	return out, nil
}

func (a *room) viewDataset(ctx context.Context, c *door.Caller, t akhra.Tenant, d akhra.Dataset) (DatasetView, error) {
	v := DatasetView{ID: d.ID, No: d.No, Name: d.Name, Format: d.Format, SHA256: d.Blob, Size: d.Size, Named: d.Named, Created: d.Created,
		Pictures: d.Card.Pictures, Classed: d.Card.Classed, Answers: d.Card.Answers, Certified: d.Card.Certificate != nil}
	if !named(c) {
		return v, nil
	}
	by, err := a.NameOf(ctx, t.Org, d.By)
	if akhra.CodeOf(err) == akhra.NotFound { // the command line, before anybody owned the installation
		return v, nil
	}
	v.By = by
	return v, err
}

func (a *room) freeze(ctx context.Context, c *door.Caller, t akhra.Tenant, in FreezeBody) (FreezeStarted, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return FreezeStarted{}, err
	}
	job, err := a.Engine.StartFreeze(ctx, t, dataset.Order{Name: in.Name, Format: in.Format, Licence: in.Licence, By: c.User.ID, Named: named(c)})
	return FreezeStarted{job}, err
}

// freezing tells of a freeze job only: other work is not for whoever may take
// results away.
func (a *room) freezing(ctx context.Context, t akhra.Tenant, id akhra.JobID) (FreezeView, error) {
	jobs, err := a.DB.Jobs(ctx, t)
	if err != nil {
		return FreezeView{}, fmt.Errorf("list jobs: %w", err)
	}
	for _, j := range jobs {
		if j.ID != id || j.Kind != akhra.JobFreeze {
			continue
		}
		j = a.Engine.Ended(j)
		v := FreezeView{State: j.State, Done: j.Done, Total: j.Total}
		var note engine.FreezeNote
		if json.Unmarshal([]byte(j.Note), &note) == nil {
			v.Dataset, v.Note = note.Dataset, note.Error
		}
		return v, nil
	}
	return FreezeView{}, akhra.Errorf(akhra.NotFound, "There is no such job.")
}

// known finds a version that the caller may have.
func (a *room) known(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.DatasetID) (akhra.Dataset, error) {
	d, err := a.DB.Dataset(ctx, t, id)
	if err == nil && d.Named && !named(c) {
		err = akhra.Errorf(akhra.NotFound, "There is no such version.")
	}
	return d, err
}

func (a *room) dataset(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.DatasetID) (DatasetDetail, error) {
	d, err := a.known(ctx, c, t, id)
	if err != nil {
		return DatasetDetail{}, err
	}
	v, err := a.viewDataset(ctx, c, t, d)
	return DatasetDetail{v, d.Card}, err
}

func (a *room) datasetFile(w http.ResponseWriter, r *http.Request) error {
	d, err := a.asked(r)
	if err != nil {
		return err
	}
	return a.sendFile(w, r, d)
}

func (a *room) asked(r *http.Request) (akhra.Dataset, error) {
	c := door.CallerIn(r.Context())
	return a.known(r.Context(), c, c.Tenant(akhra.ProjectID(r.PathValue("project"))), akhra.DatasetID(r.PathValue("dataset")))
}

// sendFile sends the frozen bytes; a cut download goes on where it stood.
func (a *room) sendFile(w http.ResponseWriter, r *http.Request, d akhra.Dataset) error {
	body, err := a.Blobs.Open(d.Blob)
	if err != nil {
		return err
	}
	defer body.Close()
	door.Attach(w, kinds[d.Format], d.Card.Project+"-"+string(d.Format)+"-"+d.Name+d.Format.Ending())
	w.Header().Set("ETag", `"`+d.Blob+`"`)
	http.ServeContent(w, r, "", time.Time{}, body)
	return nil
}

var kinds = map[akhra.Format]string{
	akhra.FormatConsensus: "text/csv; charset=utf-8", akhra.FormatVotes: "text/csv; charset=utf-8",
	akhra.FormatJSONL: "application/jsonl", akhra.FormatImageNet: "application/zip",
}

func (a *room) datasetCard(w http.ResponseWriter, r *http.Request) error {
	d, err := a.asked(r)
	if err != nil {
		return err
	}
	door.Attach(w, "text/markdown; charset=utf-8", d.Card.Project+"-"+string(d.Format)+"-"+d.Name+".md")
	_, err = w.Write([]byte(dataset.CardText(d)))
	return err
}
