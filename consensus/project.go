package consensus

import (
	"iter"
	"maps"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// project is what the room knows of one project.
type project struct {
	tenant   akhra.Tenant
	settings akhra.Settings
	version  int             // of the label set
	classes  []akhra.ClassID // live ones, in the order of posteriors
	place    map[akhra.ClassID]int

	tasks   []task
	at      map[akhra.TaskID]int
	people  []person // each in each view she answered in
	who     map[seat]int
	figures *figures
	crowd   int // people with standing answers
	known   int // of them, with enough to be counted on for the audit
	audits  map[akhra.TaskID]bool
	pilot   pilot
	asks    map[akhra.ItemID]int // overlaps of pictures whose batch has one of its own

	accepts acceptance

	judges  judges
	notices []Notice
	model   int64
	seen    akhra.Seq // answers up to here are in tasks
	named   int       // standing answers that name a class
	fresh   int       // answers since the last fit
	fitted  int       // standing answers at the last fit
	due     bool      // fit whatever has come
	busy    bool      // a fit is under way

	since   map[int][]truth.Vote // of tasks that changed while a fit works, the answers it has seen
	touched map[int]struct{}     // tasks with news since the last write
	all     bool                 // every task from swept on may have changed by a fit
	swept   int
}

// person is one annotator and what was last stored of her skill.
type person struct {
	seat
	figures  int // her place there
	standing int // answers, "not sure" included
	answers  int
	accuracy float64
}

func newProject(t akhra.Tenant, s akhra.Settings, l akhra.LabelSet) *project {
	p := &project{tenant: t, settings: s, version: l.Version, classes: l.Live(), place: l.Places(), at: map[akhra.TaskID]int{},
		who: map[seat]int{}, figures: newFigures(l.Version), touched: map[int]struct{}{}, audits: map[akhra.TaskID]bool{}, asks: map[akhra.ItemID]int{}}
	p.judges = strangers(len(p.classes))
	return p
}

// person numbers annotators, each view of one on its own. Answers without
// usable names share one.
func (p *project) person(id akhra.UserID, v view) int {
	if p.settings.Pooled {
		id = ""
	}
	at := seat{id, v}
	j, ok := p.who[at]
	if !ok {
		j = len(p.people)
		p.who[at] = j
		p.people = append(p.people, person{seat: at, figures: p.figures.place(id)})
		if v == confirms {
			p.judges.fix(j, truth.Confirming(len(p.classes), p.accepts.share(id)))
		}
	}
	return j
}

// stands counts an answer that came, or went, to its person. Only blind answers
// make somebody known.
func (p *project) stands(who int32, change int) {
	one := &p.people[who]
	if one.view != blind {
		one.standing += change
		return
	}
	before := one.standing
	if one.standing += change; (before > 0) != (one.standing > 0) {
		p.crowd += change
	}
	if wanted := p.auditWanted(); (before >= auditFrom) != (one.standing >= auditFrom) {
		p.known += change
		p.auditTurned(wanted)
	}
}

// waiting are the places of the tasks with news, in their order.
func (p *project) waiting() iter.Seq[int] {
	return slices.Values(slices.Sorted(maps.Keys(p.touched)))
}
