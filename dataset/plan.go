package dataset

import (
	"strings"

	"akhra.dev/akhra"
)

// What may be said of a class in a table, in place of the id of one.
const (
	MakeClass = "make"  // the project gets a class of this name
	LeaveOut  = "leave" // lines of it are passed over
)

// Plan says what a table is: which column is what, by place from 0, -1 for
// none, and what becomes of its classes.
type Plan struct {
	As          akhra.RecordedKind `json:"as"`
	Item        int                `json:"item"`
	Annotator   int                `json:"annotator"`
	Class       int                `json:"class"`
	Probability int                `json:"probability"`
	Classes     map[string]string  `json:"classes,omitempty"` // by the name in the table: MakeClass, LeaveOut or the id of a class
}

// Guess reads the names of the columns.
func (t *Table) Guess() Plan {
	p := Plan{
		Item:        t.at.find("item", "file", "filename", "file_name", "path", "image", "picture", "name", "id"),
		Annotator:   t.at.find("annotator", "worker", "user", "labeler", "labeller", "annotator_id", "worker_id"),
		Class:       t.at.find("class", "label", "category", "prediction", "predicted", "answer_class"),
		Probability: t.at.find("probability", "confidence", "score", "p", "posterior"),
	}
	switch {
	case p.Annotator >= 0:
		p.As = akhra.RecordedAnswers
	case p.Probability >= 0:
		p.As = akhra.RecordedPredictions
	default:
		p.As = akhra.RecordedGold
	}
	return p
}

// check tells what a plan lacks for a table.
func (p *Plan) check(t *Table) error {
	if !p.As.Valid() {
		return akhra.InvalidField("as", "A table holds answers, consensus, gold or predictions.")
	}
	needs := []struct {
		at    int
		names string
	}{{p.Item, "file or item"}, {p.Class, "class or label"}}
	if p.As == akhra.RecordedAnswers {
		needs = append(needs, struct {
			at    int
			names string
		}{p.Annotator, "annotator or worker"})
	}
	for _, one := range needs {
		if one.at < 0 || one.at >= len(t.Columns) {
			return akhra.InvalidField("header", "The first line of the table names no column %s.", one.names)
		}
	}
	return nil
}

// News lists the classes the plan makes.
func (p *Plan) News() (names []string) {
	for name, what := range p.Classes {
		if what == MakeClass {
			names = append(names, name)
		}
	}
	SortNames(names)
	return names
}

// classes finds the class of a project that a name in the table means; left
// tells that its lines are passed over.
type classes struct {
	byName map[string]akhra.ClassID
	plan   map[string]string
	live   map[akhra.ClassID]bool
}

func newClasses(l akhra.LabelSet, plan Plan) *classes {
	c := &classes{byName: map[string]akhra.ClassID{}, plan: plan.Classes, live: map[akhra.ClassID]bool{}}
	for _, one := range l.Classes {
		if !one.Deleted {
			c.byName[folded(one.Name)], c.live[one.ID] = one.ID, true
		}
	}
	return c
}

func (c *classes) find(name string) (id akhra.ClassID, left bool, known bool) {
	switch what := c.plan[name]; what {
	case LeaveOut:
		return "", true, false
	case "", MakeClass:
		id, known = c.byName[folded(name)]
	default:
		id = akhra.ClassID(what)
		known = c.live[id]
	}
	return id, false, known
}

func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
