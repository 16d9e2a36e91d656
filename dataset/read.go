package dataset

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"akhra.dev/akhra"
)

// Labels is a table of labelled pictures, in the order of the file.
type Labels struct {
	Rows      []Labelled
	Classes   []string // the labels and answers, in order of first appearance
	Answerers int      // how many columns answer1..answerM there are
}

// Labelled is one picture and what it shows. Answers has Answerers entries;
// an empty one was not given. Split is "" when the file has no such column.
type Labelled struct {
	File    string
	Label   string
	Split   string
	Answers []string
}

const maxLabels = 10_000_000

// ReadLabels reads a CSV with the columns file (or item), label (or class)
// and, if there, split and answer1, answer2 and so on; other columns are left
// alone. A fault is told with its line.
func ReadLabels(r io.Reader) (Labels, error) {
	in := csv.NewReader(skipMark(r))
	in.ReuseRecord = true
	in.FieldsPerRecord = -1
	first, err := in.Read()
	if err != nil {
		return Labels{}, unreadable(err)
	}
	columns, err := columnsOf(first)
	if err != nil {
		return Labels{}, err
	}
	labels, seen := Labels{Answerers: len(columns.answers)}, map[string]bool{}
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return labels, nil
		}
		if err != nil {
			return Labels{}, unreadable(err)
		}
		line, _ := in.FieldPos(0)
		row, err := columns.row(fields, line)
		if err != nil {
			return Labels{}, err
		}
		if len(labels.Rows) >= maxLabels {
			return Labels{}, akhra.Errorf(akhra.TooLarge, "The table has more than %d lines. Split it into smaller ones.", maxLabels)
		}
		labels.Rows = append(labels.Rows, row)
		for _, class := range append([]string{row.Label}, row.Answers...) {
			if class != "" && !seen[class] {
				seen[class] = true
				labels.Classes = append(labels.Classes, class)
			}
		}
	}
}

// columns are the places of what is read; -1 is not there.
type columns struct {
	file, label, split int
	answers            []int
}

func columnsOf(header []string) (columns, error) {
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; twice && name != "" {
			return columns{}, akhra.InvalidField("header", "The table has the column %q twice.", name)
		}
		at[name] = i
	}
	find := func(names ...string) int {
		for _, name := range names {
			if i, found := at[name]; found {
				return i
			}
		}
		return -1
	}
	c := columns{file: find("file", "item"), label: find("label", "class"), split: find("split")}
	for i := 1; find("answer"+strconv.Itoa(i)) >= 0; i++ {
		c.answers = append(c.answers, find("answer"+strconv.Itoa(i)))
	}
	switch {
	case c.file < 0:
		return columns{}, akhra.InvalidField("header", "The first line of the table names no column file or item.")
	case c.label < 0:
		return columns{}, akhra.InvalidField("header", "The first line of the table names no column label or class.")
	}
	return c, nil
}

func (c *columns) row(fields []string, line int) (Labelled, error) {
	field := func(at int) string {
		if at < 0 || at >= len(fields) {
			return ""
		}
		return strings.Clone(unguard(strings.TrimSpace(fields[at])))
	}
	row := Labelled{File: field(c.file), Label: field(c.label), Split: field(c.split)}
	for _, at := range c.answers {
		row.Answers = append(row.Answers, field(at))
	}
	if row.File == "" {
		return Labelled{}, akhra.InvalidField("file", "Line %d of the table names no file.", line)
	}
	for _, text := range fields {
		if !utf8.ValidString(text) {
			return Labelled{}, akhra.InvalidField("file", "Line %d of the table is not readable text. Save the table as UTF-8.", line)
		}
	}
	return row, nil
}

// skipMark passes over the byte order mark that spreadsheets write.
func skipMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if start, err := b.Peek(3); err == nil && string(start) == "\xef\xbb\xbf" {
		_, _ = b.Discard(3) // peeked: it cannot fail
	}
	return b
}

// unreadable tells a person where a CSV is broken; other failures pass.
func unreadable(err error) error {
	if errors.Is(err, io.EOF) {
		return akhra.Errorf(akhra.Invalid, "The table is empty. Its first line names the columns file and label.")
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return akhra.Errorf(akhra.Invalid, "Line %d of the table has a quotation mark that is never closed or stands in the wrong place.", parse.Line)
	}
	return fmt.Errorf("read labels: %w", err)
}
