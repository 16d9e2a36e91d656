package dataset

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

func TestTable_GuessesItsColumns(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]Plan{
		"note, Label ,File":           {As: akhra.RecordedGold, Item: 2, Annotator: -1, Class: 1, Probability: -1},
		"item,worker,class":           {As: akhra.RecordedAnswers, Item: 0, Annotator: 1, Class: 2, Probability: -1},
		"image,prediction,confidence": {As: akhra.RecordedPredictions, Item: 0, Annotator: -1, Class: 1, Probability: 2},
		"photo,what":                  {As: akhra.RecordedGold, Item: -1, Annotator: -1, Class: -1, Probability: -1},
	} {
		table, err := OpenTable(strings.NewReader("\xef\xbb\xbf" + header + "\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := table.Guess(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, want %+v", header, got, want)
		}
	}
}

func TestTable_AHeaderThatCannotBeUsedIsToldByASentence(t *testing.T) {
	t.Parallel()
	for table, says := range map[string]string{
		"":                   "is empty",
		"file,label,file\n":  "twice",
		"fi\xffle,label\n":   "cannot be read",
		"\x1f\x8bnot packed": "cannot be unpacked",
	} {
		if _, err := OpenTable(strings.NewReader(table)); akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want a sentence with %q", table, err, says)
		}
	}
}

func TestReadPreview_ShowsTheFirstRowsAndPassesOverBroken(t *testing.T) {
	t.Parallel()
	p, err := ReadPreview(strings.NewReader("file,class\na,b\nbroken\n" + strings.Repeat("c,d\n", 20)))
	if err != nil || len(p.Rows) != firstRows || p.Rows[1][0] != "c" || p.Guess.Class != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// FuzzTable: whatever the bytes, a table is read to its end or refused by a
// sentence, and every line has the columns or a fault.
func FuzzTable(f *testing.F) {
	f.Add([]byte("file,label\na.png,leaf\n"))
	f.Add([]byte("\xef\xbb\xbfitem,class\n\"a\nb\",'=x\nx\n\xff,\n"))
	f.Add([]byte("a,b\n\"open,\n1,2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := OpenTable(bytes.NewReader(data))
		for err == nil {
			var line TableLine
			if line, err = table.Next(); err == nil && (line.Fault == "") != (len(line.Fields) == len(table.Columns)) {
				t.Errorf("line %d of %d columns: %+v", line.No, len(table.Columns), line)
			}
		}
		if !errors.Is(err, io.EOF) && akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%v", err)
		}
	})
}
