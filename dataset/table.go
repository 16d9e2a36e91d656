package dataset

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"akhra.dev/akhra"
)

// maxTold is how many refused lines are told with their reasons.
const maxTold = 20

// Refusals are the lines of a table that could not be used: how many, and the
// first of them.
type Refusals struct {
	Count int       `json:"count"`
	First []Refusal `json:"first"`
}

// Refusal is one line and why it could not be used.
type Refusal struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func (r *Refusals) add(line int, reason string) {
	if r.Count++; r.Count <= maxTold {
		r.First = append(r.First, Refusal{line, reason})
	}
}

// Table is a CSV whose first line names its columns, read line by line,
// whatever its size; packed by gzip or not.
type Table struct {
	Columns []string
	in      *records
	at      place
}

// OpenTable reads the first line of a table.
func OpenTable(r io.Reader) (*Table, error) {
	in, err := openRecords(r)
	if err != nil {
		return nil, err
	}
	first, err := in.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, akhra.Errorf(akhra.Invalid, "The table is empty. Its first line names the columns.")
	case err != nil:
		return nil, err
	case first.fault != "":
		return nil, akhra.InvalidField("header", "The first line of the table cannot be read: %s.", first.fault)
	}
	t := &Table{in: in}
	for _, name := range first.fields {
		t.Columns = append(t.Columns, strings.TrimSpace(name))
	}
	t.at, err = places(first.fields)
	return t, err
}

// Next returns the next line that is not empty; io.EOF behind the last. Fault
// is set for one that cannot be read, and the next comes after it.
func (t *Table) Next() (TableLine, error) {
	row, err := t.in.next()
	if err != nil {
		return TableLine{}, err
	}
	l := TableLine{No: row.line, Fault: row.fault}
	if l.Fault == "" && len(row.fields) != len(t.Columns) {
		l.Fault = fmt.Sprintf("it has %d columns, the first line has %d", len(row.fields), len(t.Columns))
	}
	if l.Fault == "" {
		l.Fields = row.fields
	}
	return l, nil
}

// TableLine is one line of a table: its fields, or why they cannot be read.
type TableLine struct {
	No     int
	Fields []string
	Fault  string
}

// field is the text in a column, "" where there is none.
func (l *TableLine) field(at int) string {
	if at < 0 || at >= len(l.Fields) {
		return ""
	}
	return unguard(strings.TrimSpace(l.Fields[at]))
}

// place tells where a table has the columns of these names.
type place map[string]int

// places reads the first line of a table.
func places(header []string) (place, error) {
	at := place{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; twice && name != "" {
			return nil, akhra.InvalidField("header", "The table has the column %q twice.", name)
		}
		at[name] = i
	}
	return at, nil
}

// find is the place of the first of these names that is there, else -1.
func (p place) find(names ...string) int {
	for _, name := range names {
		if i, found := p[name]; found {
			return i
		}
	}
	return -1
}
