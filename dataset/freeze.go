package dataset

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// Order is what somebody wants frozen.
type Order struct {
	Name    string       `json:"name,omitempty"` // "" for the next number
	Format  akhra.Format `json:"format"`
	Licence string       `json:"licence,omitempty"`
	By      akhra.UserID `json:"by"`
	Named   bool         `json:"named,omitempty"` // people by their names, else by a number each
}

// Freeze writes what a project delivers now, keeps the bytes and stores the
// version that names them. told hears how many pictures, or answers, are
// written. Cost: all rows once, what the model says of every picture in memory,
// and for jsonl one read a picture; the bytes themselves are streamed.
func (r *Room) Freeze(ctx context.Context, t akhra.Tenant, o Order, told func(done int)) (akhra.Dataset, error) {
	d := akhra.Dataset{ID: akhra.DatasetID(r.store.NewID()), Name: o.Name, Format: o.Format, By: o.By, Named: o.Named && o.Format.Names(),
		Card: akhra.Card{Licence: o.Licence}}
	if err := d.Validate(); err != nil {
		return d, err
	}
	project, labels, err := r.store.Project(ctx, t)
	if err != nil {
		return d, err
	}
	f := &freezing{room: r, ctx: ctx, tenant: t, named: d.Named, told: told, counts: newCounts()}
	if f.model, err = r.opinions(ctx, t, labels); err != nil {
		return d, err
	}
	if d.Blob, d.Size, err = f.keep(o.Format); err != nil {
		return d, err
	}
	f.counts.fill(&d.Card, labels)
	d.Card.Project, d.Card.Question = project.Name, project.Question
	if err := r.prove(ctx, t, &d.Card, labels); err != nil {
		return d, err
	}
	return r.store.AddDataset(ctx, t, d)
}

// prove adds to a card what is known of how right it is.
func (r *Room) prove(ctx context.Context, t akhra.Tenant, c *akhra.Card, labels akhra.LabelSet) error {
	foreseen, err := r.child.Foreseen(ctx, t)
	if err != nil {
		return err
	}
	for _, class := range labels.Classes {
		for i := range c.Classes {
			if c.Classes[i].Name == class.Name && !class.Deleted {
				c.Classes[i].Right, c.Classes[i].Of = foreseen[class.ID][0], foreseen[class.ID][1]
			}
		}
	}
	certificate, err := r.child.Certificate(ctx, t)
	switch {
	case err == nil:
		c.Certificate = &certificate
	case akhra.CodeOf(err) != akhra.NotFound:
		return err
	}
	return nil
}

// freezing is one version on its way.
type freezing struct {
	room   *Room
	ctx    context.Context
	tenant akhra.Tenant
	named  bool
	told   func(int)
	model  opinions
	counts *counts
	people map[akhra.UserID]string
	done   int
}

// keep writes the bytes straight into the place where they stay.
func (f *freezing) keep(format akhra.Format) (hash string, size int64, err error) {
	from, to := io.Pipe()
	written := make(chan struct{})
	go func() {
		defer close(written)
		to.CloseWithError(f.write(to, format))
	}()
	hash, size, err = f.room.blobs.Put(f.ctx, from)
	from.CloseWithError(err)
	<-written
	return hash, size, err
}

func (f *freezing) write(w io.Writer, format akhra.Format) error {
	switch format {
	case akhra.FormatVotes:
		return WriteVotes(w, func(line func(akhra.Vote) error) error { return f.votes(line) })
	case akhra.FormatJSONL:
		return WriteLines(w, func(line func(akhra.Row, []akhra.Vote) error) error {
			return f.rows(func(r akhra.Row) error { return f.withVotes(r, line) })
		})
	case akhra.FormatImageNet:
		return f.pictures(w)
	}
	return WriteConsensus(w, func(line func(akhra.Row) error) error { return f.rows(line) })
}

// rows streams what people said with the model, and what the model alone says
// of pictures that nobody was asked about.
func (f *freezing) rows(line func(akhra.Row) error) error {
	return f.room.store.Rows(f.ctx, f.tenant, func(r akhra.Row) error {
		f.model.fill(&r)
		f.counts.row(r)
		f.step()
		return line(r)
	})
}

func (f *freezing) votes(line func(akhra.Vote) error) error {
	return f.room.store.Votes(f.ctx, f.tenant, func(v akhra.Vote) error {
		f.hide(&v)
		f.counts.vote(v)
		f.step()
		return line(v)
	})
}

func (f *freezing) withVotes(r akhra.Row, line func(akhra.Row, []akhra.Vote) error) error {
	votes, err := f.room.store.VotesOf(f.ctx, f.tenant, r.Item)
	if err != nil {
		return fmt.Errorf("read the answers of a picture: %w", err)
	}
	for i := range votes {
		f.hide(&votes[i])
		f.counts.people[votes[i].By] = true
	}
	return line(r, votes)
}

// pictures writes the largest upright picture of each item: the original may
// tell where it was taken.
func (f *freezing) pictures(w io.Writer) error {
	zip := NewImageNet(w)
	err := f.rows(func(r akhra.Row) error {
		if r.Class == "" {
			return zip.Add(r, nil)
		}
		item, err := f.room.store.Item(f.ctx, f.tenant, r.Item)
		if err != nil {
			return err
		}
		body, err := f.room.blobs.Get(f.ctx, item.Variants[len(item.Variants)-1])
		if err != nil {
			return akhra.Errorf(akhra.Unavailable, "The picture %q cannot be read from the disk. Run akhra fsck, then try again.", short(r.Name))
		}
		return zip.Add(r, body)
	})
	if err != nil {
		return err
	}
	f.counts.onlyClassed()
	return zip.Close()
}

func (f *freezing) step() {
	f.done++
	f.told(f.done)
}

// hide gives an annotator a number in the place of her name, the same one
// throughout the file.
func (f *freezing) hide(v *akhra.Vote) {
	if f.named {
		return
	}
	if f.people == nil {
		f.people = map[akhra.UserID]string{}
	}
	if f.people[v.By] == "" {
		f.people[v.By] = "Annotator " + strconv.Itoa(len(f.people)+1)
	}
	v.Annotator = f.people[v.By]
}
