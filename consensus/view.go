package consensus

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// view is what somebody had in view when she answered. Answers given in
// different views are weighed as those of different people: agreeing with the
// model is weaker evidence than saying the same unasked (docs/TRUTH.md 3.8).
type view byte

const (
	blind    view = iota
	confirms      // she was shown what the model thinks, and may have followed it
	objects       // she was shown a class, and named another
)

// seat is one person in one view.
type seat struct {
	id   akhra.UserID
	view view
}

func viewOf(a *akhra.Annotation) view {
	switch {
	case a.Agrees():
		return confirms
	case a.Seen():
		return objects
	}
	return blind
}

// fooled tells whether somebody accepted what was wrong on purpose, and nothing
// followed.
func (p *project) fooled(one *task) bool {
	return slices.ContainsFunc(one.votes, func(v vote) bool { return v.class() == none && p.people[v.person].view == confirms })
}

// What is believed of who accepts wrong proposals before any was planted: two
// of ten. Each person's share is drawn towards everybody's with that weight.
const (
	usualAccepted = 2.0
	usualPlants   = 10.0
)

// acceptance is how often people accept proposals that are wrong on purpose.
type acceptance struct {
	all tally
	of  map[akhra.UserID]tally
}

type tally struct{ accepted, plants float64 }

// add counts one, and gives the sum.
func (t tally) add(accepted bool) tally {
	t.plants++
	if accepted {
		t.accepted++
	}
	return t
}

// accepted reads how often each person accepted what was wrong on purpose.
func (r *Room) accepted(ctx context.Context, t akhra.Tenant) (acceptance, error) {
	plants, err := r.store.Plants(ctx, t)
	if err != nil {
		return acceptance{}, fmt.Errorf("read wrong proposals: %w", err)
	}
	a := acceptance{of: map[akhra.UserID]tally{}}
	for _, p := range plants {
		a.all, a.of[p.Annotator] = a.all.add(p.Accepted), a.of[p.Annotator].add(p.Accepted)
	}
	return a, nil
}

// share is how often one person accepts a wrong proposal, drawn towards how
// often all do.
func (a *acceptance) share(id akhra.UserID) float64 {
	all := (a.all.accepted + usualAccepted) / (a.all.plants + usualPlants)
	hers := a.of[id]
	return (hers.accepted + usualPlants*all) / (hers.plants + usualPlants)
}

// fixed are the matrices of people that the wrong proposals measured, nil where
// there are none: those of others are learnt.
func (p *project) fixed() (matrices [][]float64) {
	for j, one := range p.people {
		if one.view != confirms {
			continue
		}
		if matrices == nil {
			matrices = make([][]float64, len(p.people))
		}
		matrices[j] = truth.Confirming(len(p.classes), p.accepts.share(one.id))
	}
	return matrices
}

// fix gives the judges what was measured of people, those included whom the
// last fit has not seen.
func (p *project) fix() {
	for j, m := range p.fixed() {
		if m != nil {
			p.judges.fix(j, m)
		}
	}
}

func (j *judges) fix(person int, matrix []float64) {
	j.labels.Fix(person, matrix)
	if j.stop != j.labels {
		j.stop.Fix(person, matrix)
	}
}
