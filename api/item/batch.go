package item

import (
	"context"
	"fmt"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// BatchList is the batches of a project, those asked first first.
type BatchList struct {
	Batches []BatchView `json:"batches"`
}

// BatchView is one of them and how far it is.
type BatchView struct {
	ID       akhra.BatchID  `json:"id"`
	Name     string         `json:"name"`
	Priority akhra.Priority `json:"priority" enum:"high,normal,low"`
	Overlap  int            `json:"overlap" doc:"Answers each picture gets at least, 0 for as many as the project asks for"`
	Pictures int            `json:"pictures"`
	Done     int            `json:"done"`
}

// BatchBody is what a batch shall be.
type BatchBody struct {
	Name     string         `json:"name"`
	Priority akhra.Priority `json:"priority" enum:"high,normal,low"`
	Overlap  int            `json:"overlap,omitempty" doc:"Answers each picture gets at least, where that is more than the project asks for"`
}

func (a *room) routeBatches() {
	door.Register(a.Door, "batches", func(ctx context.Context, in *door.InProject) (*door.Body[BatchList], error) {
		return door.Answer(a.batches(ctx, door.CallerIn(ctx).Tenant(in.Project)))
	})
	type one struct {
		door.InProject
		Batch akhra.BatchID `path:"batch" maxLength:"40"`
	}
	type put struct {
		door.InProject
		Batch akhra.BatchID `path:"batch" maxLength:"40"`
		Body  BatchBody
	}
	door.Register(a.Door, "put-batch", func(ctx context.Context, in *put) (*struct{}, error) {
		return nil, a.putBatch(ctx, door.CallerIn(ctx), in.Project, in.Batch, in.Body)
	})
	door.Register(a.Door, "remove-batch", func(ctx context.Context, in *one) (*struct{}, error) {
		c := door.CallerIn(ctx)
		if _, err := a.Known(ctx, c.Tenant(in.Project)); err != nil {
			return nil, err
		}
		return nil, a.DB.RemoveBatch(ctx, c.Tenant(in.Project), in.Batch, c.User.ID)
	})
}

func (a *room) batches(ctx context.Context, t akhra.Tenant) (BatchList, error) {
	out := BatchList{Batches: []BatchView{}}
	if _, err := a.Known(ctx, t); err != nil {
		return out, err
	}
	all, err := a.DB.Batches(ctx, t)
	if err != nil {
		return out, fmt.Errorf("read batches: %w", err)
	}
	if len(all) == 0 {
		return out, nil
	}
	counted, err := a.Engine.Catalogue.Batches(ctx, t)
	if err != nil {
		return out, fmt.Errorf("count batches: %w", err)
	}
	for _, b := range all {
		n := counted[b.ID]
		out.Batches = append(out.Batches, BatchView{b.ID, b.Name, b.Priority, b.Overlap, n.Pictures, n.Done})
	}
	return out, nil
}

func (a *room) putBatch(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.BatchID, in BatchBody) error {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return err
	}
	return a.DB.PutBatch(ctx, t, akhra.Batch{ID: id, Name: strings.TrimSpace(in.Name), Priority: in.Priority, Overlap: in.Overlap}, c.User.ID)
}

// batchTallies names the batches of a project beside how many pictures of each
// were counted.
func (a *room) batchTallies(ctx context.Context, t akhra.Tenant, counted map[akhra.BatchID]int) ([]BatchTally, error) {
	all, err := a.DB.Batches(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read batches: %w", err)
	}
	out := make([]BatchTally, len(all))
	for i, b := range all {
		out[i] = BatchTally{b.ID, b.Name, counted[b.ID]}
	}
	return out, nil
}

// batchOf names the batch of a picture, nil for none.
func (a *room) batchOf(ctx context.Context, t akhra.Tenant, id akhra.BatchID) (*BatchRef, error) {
	if id == "" {
		return nil, nil
	}
	b, err := a.DB.Batch(ctx, t, id)
	if err != nil {
		return nil, fmt.Errorf("read a batch: %w", err)
	}
	return &BatchRef{b.ID, b.Name}, nil
}
