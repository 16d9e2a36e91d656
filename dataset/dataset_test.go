package dataset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

var rows = []akhra.Row{
	{Item: "1", Name: "leaf, one.jpg", Blob: "ab12", Class: "Ladybird", Posterior: 0.98765432, Answers: 3, State: akhra.TaskDone, Source: "people and model", Method: "dawid-skene", ModelVersion: 7},
	{Item: "2", Name: "=cmd|'/c calc'!A1.jpg", Blob: "cd34", State: akhra.TaskOpen},
	{Item: "3", Name: "चित्र \"तीन\".jpg", Blob: "ef56", Class: "-none", Posterior: 1, Answers: 1, State: akhra.TaskReview, Source: "people"},
}

var votes = []akhra.Vote{
	{Name: "leaf, one.jpg", Annotator: "Sunita", Answer: akhra.AnswerClass, Class: "Pest", Round: 0, Stored: 1700000000123, TookMs: 2100, ID: "v1"},
	{Name: "two\nlines.jpg", Annotator: "@birsa", Answer: akhra.AnswerSkip, Reason: "broken", AfterSeen: true, Round: 1, Stored: 5, ID: "v2"},
}

func each[T any](all []T) func(func(T) error) error {
	return func(give func(T) error) error {
		for _, one := range all {
			if err := give(one); err != nil {
				return err
			}
		}
		return nil
	}
}

// golden compares with a file in testdata; AKHRA_GOLDEN=write renews it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("AKHRA_GOLDEN") == "write" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s\nwant\n%s", name, got, want)
	}
}

func TestTheWrittenFilesAreAContract(t *testing.T) {
	t.Parallel()
	var consensus, all bytes.Buffer
	if err := WriteConsensus(&consensus, each(rows)); err != nil {
		t.Fatal(err)
	}
	if err := WriteVotes(&all, each(votes)); err != nil {
		t.Fatal(err)
	}
	golden(t, "consensus.csv", consensus.Bytes())
	golden(t, "votes.csv", all.Bytes())
}

func TestNoTextStartsLikeAFormula(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1", "-1", "@sum", "\tx", "'=1", "''=1", "'plain", "plain", "", "'"} {
		got := guard(text)
		if formula(got) {
			t.Errorf("%q is written as %q", text, got)
		}
		if unguard(got) != text {
			t.Errorf("%q comes back as %q", text, unguard(got))
		}
	}
}

func TestAFailureOfTheSourceOrTheDiskIsTold(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	err := WriteVotes(&bytes.Buffer{}, func(func(akhra.Vote) error) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("source: %v", err)
	}
	if err := WriteConsensus(full{broken}, each(rows)); !errors.Is(err, broken) {
		t.Errorf("disk: %v", err)
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestLabelsAreReadByTheirHeader(t *testing.T) {
	t.Parallel()
	got, err := ReadLabels(strings.NewReader("\xef\xbb\xbfsplit, Label ,other,item,answer1,answer2\r\ntrain,cat,9,a.jpg,cat,dog\r\n,'-bird,,\"b, b.jpg\",,\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Labels{Answerers: 2, Classes: []string{"cat", "dog", "-bird"}, Rows: []Labelled{
		{File: "a.jpg", Label: "cat", Split: "train", Answers: []string{"cat", "dog"}},
		{File: "b, b.jpg", Label: "-bird", Answers: []string{"", ""}},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, want %+v", got, want)
	}
}

func TestWhatIsWrittenCanBeReadAsLabels(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := WriteConsensus(&file, each(rows)); err != nil {
		t.Fatal(err)
	}
	got, err := ReadLabels(&file)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range got.Rows {
		if row.File != rows[i].Name || row.Label != rows[i].Class {
			t.Errorf("line %d came back as %q, %q", i+2, row.File, row.Label)
		}
	}
}

func TestABadTableIsRefusedByASentence(t *testing.T) {
	t.Parallel()
	for table, says := range map[string]string{
		"":                              "is empty",
		"label,split\ncat,train\n":      "no column file",
		"file\na.jpg\n":                 "no column label",
		"file,label,file\n":             "twice",
		"file,label\n,cat\n":            "Line 2",
		"file,label\na.jpg,\"cat\n":     "quotation mark",
		"file,label\na.jpg,c\xffat\n":   "UTF-8",
		"file,label\nok.jpg,a\n\n ,b\n": "Line 4",
	} {
		if _, err := ReadLabels(strings.NewReader(table)); akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want a sentence with %q", table, err, says)
		}
	}
}

func FuzzReadLabels(f *testing.F) {
	f.Add([]byte("file,label,split,answer1\na,b,c,d\n"))
	f.Add([]byte("\xef\xbb\xbfitem,class\n\"a\nb\",'=x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		labels, err := ReadLabels(bytes.NewReader(data))
		if err != nil {
			if akhra.CodeOf(err) != akhra.Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		for _, row := range labels.Rows {
			if row.File == "" || len(row.Answers) != labels.Answerers {
				t.Errorf("read %+v", row)
			}
		}
	})
}

func FuzzWriteVotes(f *testing.F) {
	f.Add("=a", "b\"c\nd")
	f.Fuzz(func(t *testing.T, name, class string) {
		var file bytes.Buffer
		if err := WriteVotes(&file, each([]akhra.Vote{{Name: name, Class: class}})); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&file).ReadAll()
		if err != nil || len(lines) != 2 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		if formula(lines[1][0]) || formula(lines[1][3]) {
			t.Errorf("wrote %q", lines[1])
		}
	})
}
