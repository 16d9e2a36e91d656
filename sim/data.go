package sim

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
)

// picture is one row of the labels file.
type picture struct {
	file    string
	truth   int
	answers []recorded // in order
}

// recorded is one recorded answer: the number of who gave it, nameless when
// nobody knows, and the class.
type recorded struct{ who, class int }

const nameless = -1

// data is what a simulation replays.
type data struct {
	classes   []string
	pool      []picture
	test      []picture // measure the model only
	recorded  bool
	anonymous bool
	people    map[string]int // who gave the answers, numbered
	most      int            // answers recorded for one item, at most
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
	plain, err := dataset.Plain(file)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(plain)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, akhra.Errorf(akhra.Invalid, "The file %s has no header.", path)
	}
	t := &table{columns: map[string]int{}}
	for i, name := range header {
		t.columns[strings.ToLower(strings.TrimSpace(name))] = i
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
	said.classes(names)
	d := &data{people: map[string]int{}}
	for name := range names {
		d.classes = append(d.classes, name)
	}
	dataset.SortNames(d.classes)
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

// classes adds the classes that recorded answers name.
func (t *table) classes(names map[string]bool) {
	if t == nil {
		return
	}
	columns := t.answerColumns()
	if at := t.column("class", "label"); len(columns) == 0 && at >= 0 {
		columns = []int{at}
	}
	for _, row := range t.rows {
		for _, at := range columns {
			if row[at] != "" {
				names[row[at]] = true
			}
		}
	}
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
			who := nameless
			if worker >= 0 {
				who = d.person(row[worker])
			}
			p.say(who, slices.Index(d.classes, row[class]))
		}
		for _, c := range columns {
			p.say(nameless, slices.Index(d.classes, row[c]))
		}
		d.most = max(d.most, len(p.answers))
	}
	if d.most == 0 {
		return akhra.InvalidField("answers", "No recorded answer belongs to a picture of the labels file.")
	}
	return nil
}

// person is the number of a name.
func (d *data) person(name string) int {
	n, known := d.people[name]
	if !known {
		n = len(d.people)
		d.people[name] = n
	}
	return n
}

// say records one answer. A second one of the same person is left out: the
// platform never asks anybody twice.
func (p *picture) say(who, class int) {
	twice := who != nameless && slices.ContainsFunc(p.answers, func(r recorded) bool { return r.who == who })
	if class >= 0 && !twice {
		p.answers = append(p.answers, recorded{who, class})
	}
}

// shuffle puts the recorded answers of each picture in a random order.
func (d *data) shuffle(dice *rand.Rand) {
	for _, p := range d.pool {
		dice.Shuffle(len(p.answers), func(a, b int) { p.answers[a], p.answers[b] = p.answers[b], p.answers[a] })
	}
}

// id makes a stable UUIDv7-shaped id of a simulation's own nouns.
func id(kind, n int) string { return fmt.Sprintf("01900000-%04x-7000-8000-%012x", kind, n) }
