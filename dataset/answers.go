package dataset

import (
	"errors"
	"io"
	"strings"

	"akhra.dev/akhra"
)

// Answer is one recorded answer: an annotator said that an item is of a class.
type Answer struct{ Item, Annotator, Class string }

// Label is the known class of an item.
type Label struct{ Item, Class string }

const maxAnswers = 10_000_000

// ReadAnswers streams the answers of a CSV, packed by gzip or not, with the
// columns item, annotator (or worker) and class (or label); other columns are
// left alone. Two answers of one annotator to one item are two answers. A bad
// row is told with its line and passed over. Equal names share one text.
func ReadAnswers(r io.Reader, give func(Answer) error) (Refusals, error) {
	return readLong(r, []string{"annotator", "worker"}, func(item, annotator, class string) (string, error) {
		return "", give(Answer{Item: item, Annotator: annotator, Class: class})
	})
}

// ReadTruth streams a table of known classes with the columns item and class
// (or label). An item with two classes keeps the first.
func ReadTruth(r io.Reader, give func(Label) error) (Refusals, error) {
	classes := map[string]string{}
	return readLong(r, nil, func(item, _, class string) (string, error) {
		known, twice := classes[item]
		switch {
		case twice && known != class:
			return "the item has another class further up", nil
		case twice:
			return "", nil
		}
		classes[item] = class
		return "", give(Label{Item: item, Class: class})
	})
}

// readLong reads a table in long form. who names the column of annotators, if
// there must be one; give may refuse a row with a reason.
func readLong(r io.Reader, who []string, give func(item, annotator, class string) (string, error)) (refused Refusals, err error) {
	table, err := OpenTable(r)
	if err != nil {
		return refused, err
	}
	t, err := readHeader(table, who)
	if err != nil {
		return refused, err
	}
	for taken := 0; ; {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return refused, nil
		}
		if err != nil {
			return refused, err
		}
		use, reason := t.take(&row)
		if use {
			if taken++; taken > maxAnswers {
				return refused, akhra.Errorf(akhra.TooLarge, "The table has more than %d rows. Split it into smaller ones.", maxAnswers)
			}
			if reason, err = give(t.item, t.annotator, t.class); err != nil {
				return refused, err
			}
		}
		if reason != "" {
			refused.add(row.No, reason)
		}
	}
}

// long is a table in long form and its row last taken.
type long struct {
	itemAt, whoAt, classAt, kindAt int // -1 is not there
	item, annotator, class         string
	names                          map[string]string
}

func readHeader(in *Table, who []string) (*long, error) {
	t := &long{itemAt: in.at.find("item", "file"), whoAt: in.at.find(who...), classAt: in.at.find("class", "label"),
		kindAt: in.at.find("answer"), names: map[string]string{}}
	for _, column := range []struct {
		at    int
		names string
	}{{t.itemAt, "item"}, {t.whoAt, strings.Join(who, " or ")}, {t.classAt, "class or label"}} {
		if column.at < 0 && column.names != "" {
			return nil, akhra.InvalidField("header", "The first line of the table names no column %s.", column.names)
		}
	}
	return t, nil
}

// take reads a row and says whether to use it or what is wrong with it; a row
// that names no class on purpose is neither.
func (t *long) take(row *TableLine) (use bool, reason string) {
	if row.Fault != "" {
		return false, row.Fault
	}
	t.item, t.annotator, t.class = t.name(row, t.itemAt), t.name(row, t.whoAt), t.name(row, t.classAt)
	switch {
	case t.item == "":
		return false, "it names no item"
	case t.whoAt >= 0 && t.annotator == "":
		return false, "it names no annotator"
	case t.class == "" && t.kindAt >= 0 && t.name(row, t.kindAt) != string(akhra.AnswerClass):
		return false, "" // a skip, or "not sure", as our own files have it
	case t.class == "":
		return false, "it names no class"
	}
	return true, ""
}

// name is a field as text of its own, so that the file's lines can be let go.
func (t *long) name(row *TableLine, at int) string {
	text := row.field(at)
	if text == "" {
		return ""
	}
	known, ok := t.names[text]
	if !ok {
		known = strings.Clone(text)
		t.names[known] = known
	}
	return known
}
