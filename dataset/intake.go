package dataset

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"akhra.dev/akhra"
)

// lot is how many lines one transaction stores, so that answers that arrive
// meanwhile do not wait.
const lot = 500

// Recorder is what tables from elsewhere are held against and written to.
type Recorder interface {
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	SetLabels(ctx context.Context, t akhra.Tenant, classes []akhra.Class) (akhra.LabelSet, error)
	Items(ctx context.Context, t akhra.Tenant, afterSeq int64, limit int) ([]akhra.Item, error)
	Promises(ctx context.Context, t akhra.Tenant) ([]akhra.Promise, error)
	Gold(ctx context.Context, t akhra.Tenant, fn func(akhra.Gold) error) error
	SetGold(ctx context.Context, t akhra.Tenant, rows []akhra.Gold) error
	ImportAnswers(ctx context.Context, t akhra.Tenant, rows []akhra.Recorded) ([]akhra.Verdict, error)
	ImportDecisions(ctx context.Context, t akhra.Tenant, by akhra.UserID, rows []akhra.Recorded) ([]akhra.Verdict, error)
	ImportSays(ctx context.Context, t akhra.Tenant, source string, rows []akhra.Recorded) ([]akhra.Verdict, error)
	NewID() string
}

// Intake brings tables in.
type Intake struct{ store Recorder }

// NewIntake makes the way in for tables.
func NewIntake(store Recorder) *Intake { return &Intake{store: store} }

// Taken is what became of a table.
type Taken struct {
	Set     int `json:"set"`
	Known   int `json:"known"` // lines that say what is known already
	Left    int `json:"left"`  // lines of classes that were to be left out
	Refused int `json:"refused"`
	// Reasons tells the first of the refused.
	Reasons []Refusal `json:"reasons"`
}

// Import takes a table in as the plan says it is. Lines that cannot be used are
// counted, the first told, and all written to refused with their reasons; the
// rest goes in, in lots, so that what is stopped half-way can be done again:
// what is in already counts as known. told hears how many lines are read.
func (k *Intake) Import(ctx context.Context, t akhra.Tenant, r io.Reader, from akhra.Table, plan Plan, refused io.Writer, told func(lines int)) (Taken, error) {
	table, err := OpenTable(r)
	if err != nil {
		return Taken{}, err
	}
	if err := plan.check(table); err != nil {
		return Taken{}, err
	}
	if err := k.allowed(ctx, t, plan.As, from.By); err != nil {
		return Taken{}, err
	}
	if err := k.makeClasses(ctx, t, plan); err != nil {
		return Taken{}, err
	}
	in, err := k.reading(ctx, t, table, plan)
	if err != nil {
		return Taken{}, err
	}
	in.ctx, in.from, in.told = ctx, from, told
	in.out = csv.NewWriter(refused)
	in.out.UseCRLF = true
	if err := in.out.Write(append([]string{"line", "reason"}, table.Columns...)); err != nil {
		return Taken{}, fmt.Errorf("write refused lines: %w", err)
	}
	err = in.all()
	if in.out.Flush(); err == nil {
		err = in.out.Error()
	}
	return in.taken, err
}

// allowed: what was answered elsewhere comes in before a promise is made of
// the pictures, for the audit's answers must not exist when it is drawn.
func (k *Intake) allowed(ctx context.Context, t akhra.Tenant, as akhra.RecordedKind, by akhra.UserID) error {
	if as != akhra.RecordedAnswers && as != akhra.RecordedConsensus {
		return nil
	}
	if as == akhra.RecordedConsensus && by == "" {
		return akhra.Errorf(akhra.Precondition, "A decision needs a person who made it. Become the owner first: akhra serve prints the link.")
	}
	promises, err := k.store.Promises(ctx, t)
	if err != nil {
		return fmt.Errorf("read promises: %w", err)
	}
	for _, p := range promises {
		if p.Open() {
			return akhra.Errorf(akhra.Conflict, "A promise is being tested with pictures drawn at random; answers from elsewhere would spoil it. Bring them in before the promise, or after it is kept.")
		}
	}
	return nil
}

// makeClasses gives the project the classes the plan wants made, those it has
// by now left out.
func (k *Intake) makeClasses(ctx context.Context, t akhra.Tenant, plan Plan) error {
	_, labels, err := k.store.Project(ctx, t)
	if err != nil {
		return err
	}
	known := newClasses(labels, Plan{})
	made := slices.Clone(labels.Classes)
	for _, name := range plan.News() {
		if _, _, there := known.find(name); !there {
			class := akhra.Class{ID: akhra.ClassID(k.store.NewID()), Name: name}
			made, known.byName[folded(name)] = append(made, class), class.ID
		}
	}
	if len(made) == len(labels.Classes) {
		return nil
	}
	_, err = k.store.SetLabels(ctx, t, made)
	return err
}

// names reads the names of a project's pictures.
func (k *Intake) names(ctx context.Context, t akhra.Tenant) (*Names, error) {
	names, after := &Names{}, int64(0)
	for {
		items, err := k.store.Items(ctx, t, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("read the names of pictures: %w", err)
		}
		for _, one := range items {
			names.Add(one.Name, one.ID)
			after = one.Seq
		}
		if len(items) == 0 {
			return names, nil
		}
	}
}
