package sim

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"akhra.dev/akhra"
)

// picture is one row of the labels file.
type picture struct {
	file    string
	truth   int
	answers []recorded // in order
}

// recorded is one recorded answer; an empty worker is anonymous.
type recorded struct {
	worker string
	class  int
}

// data is what a simulation replays.
type data struct {
	classes   []string
	pool      []picture
	test      []picture // measure the model only
	recorded  bool
	anonymous bool
	most      int // answers recorded for one item, at most
}

// table is a CSV file with a header.
type table struct {
	columns map[string]int
	rows    [][]string
}

func readTable(path string) (*table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, akhra.Errorf(akhra.NotFound, "The file %s cannot be read.", path)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, akhra.Errorf(akhra.Invalid, "The file %s has no header.", path)
	}
	t := &table{columns: map[string]int{}}
	for i, name := range header {
		t.columns[strings.TrimPrefix(strings.TrimSpace(name), "\ufeff")] = i
	}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, akhra.Errorf(akhra.Invalid, "The file %s is no table: %v.", path, err)
		}
		if len(row) >= len(header) {
			t.rows = append(t.rows, row)
		}
	}
}

// column finds the first of some names, -1 when there is none.
func (t *table) column(names ...string) int {
	for _, name := range names {
		if i, ok := t.columns[name]; ok {
			return i
		}
	}
	return -1
}

// answerColumns are answer1..answerM.
func (t *table) answerColumns() []int {
	var at []int
	for m := 1; t.column("answer"+strconv.Itoa(m)) >= 0; m++ {
		at = append(at, t.columns["answer"+strconv.Itoa(m)])
	}
	return at
}

// read gathers pool, test pictures, classes and recorded answers.
func read(o Options) (*data, error) {
	labels, err := readTable(o.Labels)
	if err != nil {
		return nil, err
	}
	file, label, split := labels.column("file", "item"), labels.column("label", "class"), labels.column("split")
	if file < 0 || label < 0 {
		return nil, akhra.InvalidField("labels", "The labels file needs the columns file (or item) and label (or class).")
	}
	var said *table
	if o.Answers != "" {
		if said, err = readTable(o.Answers); err != nil {
			return nil, err
		}
	}
	names := map[string]bool{}
	for _, row := range labels.rows {
		names[row[label]] = true
	}
	d := &data{}
	for name := range names {
		d.classes = append(d.classes, name)
	}
	sortClasses(d.classes)
	if len(d.classes) < 2 || len(labels.rows) == 0 {
		return nil, akhra.InvalidField("labels", "The labels file needs at least two classes.")
	}
	for _, row := range labels.rows {
		p := picture{file: row[file], truth: slices.Index(d.classes, row[label])}
		if split >= 0 && o.Split != "all" && row[split] == "test" {
			d.test = append(d.test, p)
		} else if o.Limit <= 0 || len(d.pool) < o.Limit {
			d.pool = append(d.pool, p)
		}
	}
	if said != nil {
		err = d.record(said)
	}
	return d, err
}

// record puts recorded answers to their pictures.
func (d *data) record(said *table) error {
	d.recorded = true
	at := make(map[string]*picture, len(d.pool))
	for i := range d.pool {
		at[d.pool[i].file] = &d.pool[i]
	}
	file := said.column("file", "item")
	worker, class, columns := said.column("annotator", "worker"), said.column("class", "label"), said.answerColumns()
	if file < 0 || class < 0 && len(columns) == 0 {
		return akhra.InvalidField("answers", "The answers file needs the columns file (or item) and class (or label), or answer1, answer2 and so on.")
	}
	d.anonymous = len(columns) > 0 || worker < 0
	for _, row := range said.rows {
		p := at[row[file]]
		if p == nil {
			continue
		}
		if len(columns) == 0 {
			who := ""
			if worker >= 0 {
				who = row[worker]
			}
			p.say(who, slices.Index(d.classes, row[class]))
		}
		for _, c := range columns {
			p.say("", slices.Index(d.classes, row[c]))
		}
		d.most = max(d.most, len(p.answers))
	}
	if d.most == 0 {
		return akhra.InvalidField("answers", "No recorded answer belongs to a picture of the labels file.")
	}
	return nil
}

// say records one answer; a class that is no true class of any picture is not
// among the classes and cannot be replayed.
func (p *picture) say(worker string, class int) {
	if class >= 0 {
		p.answers = append(p.answers, recorded{worker, class})
	}
}

// sortClasses sorts as strings, all-integer lists numerically.
func sortClasses(names []string) {
	numbers := make(map[string]int, len(names))
	for _, name := range names {
		n, err := strconv.Atoi(name)
		if err != nil {
			slices.Sort(names)
			return
		}
		numbers[name] = n
	}
	slices.SortFunc(names, func(a, b string) int { return numbers[a] - numbers[b] })
}

// id makes a stable UUIDv7-shaped id of a simulation's own nouns.
func id(kind, n int) string { return fmt.Sprintf("01900000-%04x-7000-8000-%012x", kind, n) }
