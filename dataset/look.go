package dataset

import (
	"context"
	"errors"
	"io"

	"akhra.dev/akhra"
)

// How much of a table is shown before it is taken in.
const (
	firstRows  = 8
	maxClasses = 500
	maxUnknown = 20
)

// Preview is the beginning of a table and what it seems to be.
type Preview struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Guess   Plan       `json:"guess"`
}

// ReadPreview reads the first lines of a table.
func ReadPreview(r io.Reader) (Preview, error) {
	t, err := OpenTable(r)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Columns: t.Columns, Rows: [][]string{}, Guess: t.Guess()}
	for len(p.Rows) < firstRows {
		line, err := t.Next()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		if line.Fault == "" {
			p.Rows = append(p.Rows, append([]string(nil), line.Fields...))
		}
	}
	return p, nil
}

// Look is what would become of a table: nothing is written.
type Look struct {
	Lines      int         `json:"lines"`
	Ready      int         `json:"ready"`    // lines that can be used as the plan stands
	Left       int         `json:"left"`     // of classes that are to be left out
	Unknown    int         `json:"unknown"`  // lines whose picture the project does not have
	Pictures   []string    `json:"pictures"` // the first of those pictures
	Faults     Refusals    `json:"faults"`   // lines that cannot be used for another reason
	Classes    []SeenClass `json:"classes"`  // in the table, in the order of their names
	Annotators int         `json:"annotators"`
}

// SeenClass is one class of a table: how many lines name it, and the class of
// the project that it means, "" for none.
type SeenClass struct {
	Name  string        `json:"name"`
	Lines int           `json:"lines"`
	Class akhra.ClassID `json:"class"`
}

// Look holds a table against a project without writing anything.
func (k *Intake) Look(ctx context.Context, t akhra.Tenant, r io.Reader, plan Plan) (Look, error) {
	table, err := OpenTable(r)
	if err != nil {
		return Look{}, err
	}
	if err := plan.check(table); err != nil {
		return Look{}, err
	}
	in, err := k.reading(ctx, t, table, plan)
	if err != nil {
		return Look{}, err
	}
	l := Look{Pictures: []string{}, Faults: Refusals{First: []Refusal{}}, Classes: []SeenClass{}}
	seen, people := map[string]int{}, map[string]bool{}
	for {
		line, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return l, err
		}
		l.add(in, line, seen, people)
	}
	l.Annotators = len(people)
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	SortNames(names)
	for _, name := range names {
		id, _, _ := in.classes.find(name)
		l.Classes = append(l.Classes, SeenClass{name, seen[name], id})
	}
	return l, nil
}

// add counts one line.
func (l *Look) add(in *reading, line TableLine, seen map[string]int, people map[string]bool) {
	l.Lines++
	name := line.field(in.plan.Class)
	if _, known := seen[name]; name != "" && (known || len(seen) < maxClasses) {
		seen[name]++
	}
	row, left, err := in.understand(line)
	switch {
	case left:
		l.Left++
	case err == nil:
		l.Ready++
		if row.Annotator != "" && in.plan.As == akhra.RecordedAnswers {
			people[row.Annotator] = true
		}
	case row.Item == "" && line.Fault == "" && line.field(in.plan.Item) != "":
		if l.Unknown++; len(l.Pictures) < maxUnknown {
			l.Pictures = append(l.Pictures, short(line.field(in.plan.Item)))
		}
	case in.plan.Classes[name] == MakeClass && name != "" && in.seen[row.Item] == 0:
		l.Ready++ // its class is made first
	default:
		l.Faults.add(line.No, err.Error())
	}
}
