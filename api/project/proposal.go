package project

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// ProposalsView is how far the model's opinion is shown before people answer,
// and how they take it where it is wrong on purpose.
type ProposalsView struct {
	On       bool              `json:"on"`
	Promised bool              `json:"promised" doc:"A promise stands or was kept: all is asked blind"`
	Wrong    door.TakenView    `json:"wrong" doc:"Of the last 50"`
	Back     bool              `json:"back" doc:"People accepted too many wrong ones: all is asked blind again"`
	Classes  []ProposableClass `json:"classes"`
}

// ProposableClass is one class, by answers given blind where the model was sure of it.
type ProposableClass struct {
	ID     akhra.ClassID  `json:"id"`
	Right  int            `json:"right"`
	Of     int            `json:"of" doc:"Of the last 200"`
	Proved bool           `json:"proved" doc:"Right on nine of ten at least, sure at 95 %"`
	Shown  bool           `json:"shown" doc:"It is put to people now"`
	Wrong  door.TakenView `json:"wrong" doc:"Of the last 50 of this class"`
	Back   bool           `json:"back"`
}

func (a *room) viewProposals(ctx context.Context, t akhra.Tenant) (*ProposalsView, error) {
	r, err := a.Engine.Propose.Report(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read how proposals are taken: %w", err)
	}
	promises, err := a.DB.Promises(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read promises: %w", err)
	}
	promised := len(promises) > 0 && promises[len(promises)-1].State.Speaks()
	v := &ProposalsView{On: r.On, Promised: promised, Wrong: door.ViewTaken(r.Plants), Back: r.Back, Classes: []ProposableClass{}}
	for _, c := range r.Classes {
		v.Classes = append(v.Classes, ProposableClass{ID: c.Class, Right: c.Right, Of: c.Of, Proved: c.Proved, Shown: !promised && r.Shown(c.Class),
			Wrong: door.ViewTaken(c.Plants), Back: c.Back})
	}
	return v, nil
}
