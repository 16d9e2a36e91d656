package propose

import (
	"context"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// Report is how far the model's opinion is shown in a project, and how people
// take it.
type Report struct {
	On      bool // the project wants it
	Plants  Taken
	Back    bool // people accepted too many wrong ones: all classes are asked blind again
	Classes []ClassReport
	People  map[akhra.UserID]Taken
}

// Taken counts how many proposals that were wrong on purpose were accepted.
type Taken struct{ Accepted, Of int }

// tooMany tells whether so many were accepted that people must not be shown more.
func (t Taken) tooMany() bool {
	return t.Of >= akhra.PlantsLeast && float64(t.Accepted) > akhra.PlantsAccepted*float64(t.Of)
}

// ClassReport is how well one class does.
type ClassReport struct {
	Class     akhra.ClassID
	Right, Of int     // of the last blind answers where the model was sure of it
	Low       float64 // lower 95 % bound of the share it is right on (Wilson)
	Plants    Taken
	Proved    bool
	Back      bool // people accepted too many wrong ones of it
}

// Shown tells whether a class is put to people.
func (r *Report) Shown(class akhra.ClassID) bool { return slices.Contains(r.shown(), class) }

// shown are the classes that may be put to people. One alone is not: a wrong
// proposal must look like the others.
func (r *Report) shown() (list []akhra.ClassID) {
	if !r.On || r.Back {
		return nil
	}
	for _, c := range r.Classes {
		if c.Proved && !c.Back {
			list = append(list, c.Class)
		}
	}
	if len(list) < akhra.ProposeClasses {
		return nil
	}
	return list
}

// weigh works the report out anew.
func (p *project) weigh() {
	r := &p.report
	since := slices.DeleteFunc(slices.Clone(p.plants), func(one akhra.Plant) bool { return one.Right || one.Stored < p.settings.Proposed })
	r.On, r.Plants, r.People = p.settings.Propose, taken(since), map[akhra.UserID]Taken{}
	r.Back = r.Plants.tooMany()
	for i := range r.Classes {
		c := &r.Classes[i]
		c.Right, c.Of = 0, len(p.blind[c.Class])
		for _, right := range p.blind[c.Class] {
			if right {
				c.Right++
			}
		}
		c.Low, _ = learn.Wilson(c.Right, c.Of)
		c.Proved = c.Low >= akhra.ProposeProved
		c.Plants = taken(slices.DeleteFunc(slices.Clone(since), func(one akhra.Plant) bool { return one.Class != c.Class }))
		c.Back = c.Plants.tooMany()
	}
	for _, one := range since {
		her := r.People[one.Annotator]
		if her.Of++; one.Accepted {
			her.Accepted++
		}
		r.People[one.Annotator] = her
	}
}

// taken counts the newest of some plants.
func taken(plants []akhra.Plant) (t Taken) {
	for _, one := range plants[max(0, len(plants)-akhra.PlantsRecent):] {
		if t.Of++; one.Accepted {
			t.Accepted++
		}
	}
	return t
}

// Report tells how far the model's opinion is shown in a project.
func (r *Room) Report(ctx context.Context, t akhra.Tenant) (Report, error) {
	p, err := r.fresh(ctx, t)
	if err != nil {
		return Report{}, err
	}
	defer p.mu.Unlock()
	report := p.report
	report.Classes = slices.Clone(report.Classes)
	return report, nil
}
