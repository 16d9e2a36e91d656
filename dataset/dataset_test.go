package dataset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"akhra.dev/akhra"
)

var rows = []akhra.Row{
	{Item: "1", Name: "leaf, one.jpg", Blob: "ab12", Class: "Ladybird", Posterior: 0.98765432, Answers: 3, State: akhra.TaskDone, Source: "people and model", Method: "dawid-skene", ModelVersion: 7, Batch: "=April"},
	{Item: "2", Name: "=cmd|'/c calc'!A1.jpg", Blob: "cd34", State: akhra.TaskOpen},
	{Item: "3", Name: "चित्र \"तीन\".jpg", Blob: "ef56", Class: "-none", Posterior: 1, Answers: 1, State: akhra.TaskReview, Source: "people"},
}

var votes = []akhra.Vote{
	{Name: "leaf, one.jpg", Annotator: "Sunita", Answer: akhra.AnswerClass, Class: "Pest", Round: 0, Stored: 1700000000123, TookMs: 2100, ID: "v1", Batch: "=April"},
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

func TestPredictions(t *testing.T) {
	said := []Predicted{{"a/=1.jpg", []float64{.25, .75}}, {"चित्र.jpg", []float64{.999999994, .000000006}}}
	for format, want := range map[string]string{
		"csv":   "item,class,probability,p:pest,p:=leaf\r\na/=1.jpg,'=leaf,0.75000000,0.25000000,0.75000000\r\nचित्र.jpg,pest,0.99999999,0.99999999,0.00000001\r\n",
		"jsonl": `{"item":"a/=1.jpg","class":"=leaf","probability":0.75,"probabilities":{"=leaf":0.75,"pest":0.25}}` + "\n" + `{"item":"चित्र.jpg","class":"pest","probability":0.999999994,"probabilities":{"=leaf":6e-9,"pest":0.999999994}}` + "\n",
	} {
		var got bytes.Buffer
		out := NewPredictions(&got, format, []string{"pest", "=leaf"})
		for _, p := range said {
			if err := out.Write(p); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Flush(); err != nil || got.String() != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", format, err, got.String(), want)
		}
		if err := out.Write(Predicted{"short.jpg", []float64{1}}); err == nil {
			t.Errorf("%s: one probability of two classes is taken", format)
		}
	}
	if NewPredictions(nil, "xml", nil) != nil {
		t.Error("there is a format xml")
	}
}
