package dataset

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

func readAnswers(r io.Reader) (list []Answer, refused Refusals, err error) {
	refused, err = ReadAnswers(r, func(a Answer) error { list = append(list, a); return nil })
	return list, refused, err
}

// lines are those of the rows that were refused and told.
func (r *Refusals) lines() (lines []int) {
	for _, row := range r.First {
		lines = append(lines, row.Line)
	}
	return lines
}

func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text) // a buffer takes everything
	_ = w.Close()
	return b.String()
}

func TestAnswersAreReadByTheirHeader(t *testing.T) {
	t.Parallel()
	want := []Answer{{"a", "1", "x"}, {"b", "2", "y"}}
	for name, file := range map[string]string{
		"annotator and class":         "item,annotator,class\na,1,x\nb,2,y\n",
		"worker and label":            "item,worker,label\na,1,x\nb,2,y",
		"any order, more columns":     "label,seconds,item,worker\nx,3,a,1\ny,4,b,2\n",
		"carriage returns":            "item,worker,label\r\na,1,x\r\nb,2,y\r\n",
		"a mark, capitals and spaces": "\xef\xbb\xbf Item,WORKER, label\n a,1, x \nb,2,y\n",
		"quotation marks":             "\"item\",\"worker\",\"label\"\n\"a\",\"1\",\"x\"\n\"b\",\"2\",\"y\"\n",
		"empty lines":                 "\nitem,worker,label\n\n\na,1,x\n \nb,2,y\n\n",
		"packed":                      packed("item,worker,label\na,1,x\nb,2,y\n"),
		"packed, with a mark":         packed("\xef\xbb\xbfitem,worker,label\na,1,x\nb,2,y\n"),
	} {
		got, refused, err := readAnswers(strings.NewReader(file))
		if err != nil || refused.Count > 0 || !slices.Equal(got, want) {
			t.Errorf("%s: read %v, refused %v, %v", name, got, refused, err)
		}
	}
}

func TestEveryAnswerCounts(t *testing.T) {
	t.Parallel()
	got, _, err := readAnswers(strings.NewReader("item,worker,label\na,1,x\na,1,x\na,1,y\n"))
	if want := []Answer{{"a", "1", "x"}, {"a", "1", "x"}, {"a", "1", "y"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("read %v, %v", got, err)
	}
}

func TestABadRowIsToldAndTheRestIsRead(t *testing.T) {
	t.Parallel()
	for row, says := range map[string]string{
		"b,2":                                  "2 columns",
		"b,2,y,z":                              "4 columns",
		",2,y":                                 "no item",
		"b, ,y":                                "no annotator",
		"b,2,":                                 "no class",
		"b,2,y\x00":                            "NUL",
		"b,2,y\xff":                            "UTF-8",
		"\"b,2,y":                              "quotation mark",
		"b\"b,2,y":                             "quotation mark",
		"\"b\"b,2,y":                           "quotation mark",
		strings.Repeat("b", 10<<20) + ",2,y":   "longer than",
		"\"" + strings.Repeat("b", 10<<20):     "longer than",
		"\"b\n" + strings.Repeat("b,2\n", 150): "quotation mark",
	} {
		file := "item,worker,label\na,1,x\n" + row + "\nc,3,z\n"
		got, refused, err := readAnswers(strings.NewReader(file))
		if err != nil || !slices.Equal(got, []Answer{{"a", "1", "x"}, {"c", "3", "z"}}) {
			t.Errorf("%.20q: read %v, %v", row, got, err)
		}
		if refused.Count == 0 || refused.First[0].Line != 3 || !strings.Contains(refused.First[0].Reason, says) {
			t.Errorf("%.20q: refused %v, want line 3 with %q", row, refused, says)
		}
	}
}

func TestTheFirstTwentyRefusedAreToldAndAllAreCounted(t *testing.T) {
	t.Parallel()
	_, refused, err := readAnswers(strings.NewReader("item,worker,label\n" + strings.Repeat("\"a\n", 33)))
	if err != nil || refused.Count != 33 || len(refused.First) != 20 {
		t.Errorf("%d refused, %d told, %v", refused.Count, len(refused.First), err)
	}
	if lines := refused.lines(); lines[0] != 2 || lines[19] != 21 {
		t.Errorf("refused lines %v", lines)
	}
}

func TestATableThatCannotBeReadIsRefusedByASentence(t *testing.T) {
	t.Parallel()
	for file, says := range map[string]string{
		"":                                "is empty",
		"\n\n":                            "is empty",
		"worker,label\na,1\n":             "no column item",
		"item,label\na,x\n":               "no column annotator or worker",
		"item,worker\na,1\n":              "no column class or label",
		"item,worker,label,item\na,1,x,b": "twice",
		"item,worker,\"label\na,1,x\n":    "quotation mark",
		"\x1f\x8bnothing":                 "unpacked",
		packed("item,worker,label\n" + strings.Repeat("a,1,x\n", 999))[:40]: "damaged",
	} {
		if _, _, err := readAnswers(strings.NewReader(file)); akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want a sentence with %q", file, err, says)
		}
	}
	fire := errors.New("disk on fire")
	if _, _, err := readAnswers(io.MultiReader(strings.NewReader("item,worker,label\n"), failing{fire})); !errors.Is(err, fire) {
		t.Errorf("the disk's failure became %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestOurOwnVotesCanBeReadAsAnswers(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := WriteVotes(&file, each(votes)); err != nil {
		t.Fatal(err)
	}
	got, refused, err := readAnswers(&file)
	if want := []Answer{{"leaf, one.jpg", "Sunita", "Pest"}}; err != nil || refused.Count > 0 || !slices.Equal(got, want) {
		t.Errorf("read %v, refused %v, %v: a skip names no class and is no fault", got, refused, err)
	}
}

func TestTruthNamesEachItemOnce(t *testing.T) {
	t.Parallel()
	var got []Label
	refused, err := ReadTruth(strings.NewReader("item,label\na,x\nb,y\na,x\na,z\n"), func(l Label) error { got = append(got, l); return nil })
	if err != nil || !slices.Equal(got, []Label{{"a", "x"}, {"b", "y"}}) || !slices.Equal(refused.lines(), []int{5}) {
		t.Errorf("read %v, refused %v, %v", got, refused, err)
	}
}

func TestWhatIsWrittenAsCSVIsReadAgain(t *testing.T) {
	text := rapid.StringOf(rapid.RuneFrom([]rune("ab\"\n,'=é \t"))).Filter(func(s string) bool {
		return s != "" && s == unguard(strings.TrimSpace(s)) && strings.Count(s, "\n") < 20
	})
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Answer {
			return Answer{text.Draw(t, "item"), text.Draw(t, "annotator"), text.Draw(t, "class")}
		})).Draw(t, "answers")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		_ = w.Write([]string{"item", "annotator", "class"}) // a buffer takes everything
		for _, a := range want {
			_ = w.Write([]string{a.Item, a.Annotator, a.Class})
		}
		w.Flush()
		got, refused, err := readAnswers(&file)
		if err != nil || refused.Count > 0 || !slices.Equal(got, want) {
			t.Fatalf("read %q, refused %v, %v; wrote %q", got, refused, err, want)
		}
	})
}

func TestABadRowCostsItselfOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SampledFrom([]string{"a,1,x", `"b",2,"y"`, `"c ""c""",3,z`}), 1, 40).Draw(t, "rows")
		at := rapid.IntRange(0, len(rows)).Draw(t, "place")
		bad := rapid.SampledFrom([]string{`"open,1,x`, `a"b,1,x`, `"a"b",1,x`, "a,1", ",,", "a,1,\x00"}).Draw(t, "bad row")
		read := func(rows []string) []Answer {
			list, refused, err := readAnswers(strings.NewReader("item,worker,label\n" + strings.Join(rows, "\n")))
			if err != nil || refused.Count > 1 {
				t.Fatalf("refused %v, %v", refused, err)
			}
			if refused.Count == 1 && refused.First[0].Line != at+2 {
				t.Fatalf("line %d was refused, %d is bad", refused.First[0].Line, at+2)
			}
			return list
		}
		if with, without := read(slices.Insert(slices.Clone(rows), at, bad)), read(rows); !slices.Equal(with, without) {
			t.Fatalf("read %q beside the bad row, %q without", with, without)
		}
	})
}

func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{"item,worker,label\na,1,x\na,1,x\n", "\xef\xbb\xbfitem,annotator,class\r\n\"a\nb\",'=x,\"\"\"\"\r\n", "item,label\n",
		"item,worker,label,label\n", "item,worker,label\n\"a,1,x\nb,2,y\n", "item,worker,label\na,1,\x00\n", packed("item,worker,label\na,1,x\n")} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, refused, err := readAnswers(bytes.NewReader(data))
		if err != nil && akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%v", err)
		}
		for _, a := range list {
			for _, text := range []string{a.Item, a.Annotator, a.Class} {
				if text == "" || !utf8.ValidString(text) || strings.Contains(text, "\x00") {
					t.Errorf("read %q", a)
				}
			}
		}
		if lines := refused.lines(); !slices.IsSorted(lines) || refused.Count < len(lines) || len(lines) > 0 && lines[0] < 2 {
			t.Errorf("refused %+v", refused)
		}
	})
}

func TestACrowdIsTheSameInAnyOrder(t *testing.T) {
	t.Parallel()
	answers := []Answer{{"10", "w", "2"}, {"9", "v", "10"}, {"9", "w", "2"}}
	c := NewCrowd(answers, []Label{{"9", "1"}, {"77", "3"}})
	if want := (&Crowd{Items: []string{"9", "10"}, Annotators: []string{"v", "w"}, Classes: []string{"1", "2", "3", "10"},
		Votes: []truth.Vote{{Task: 1, Annotator: 1, Class: 1}, {Task: 0, Annotator: 0, Class: 3}, {Task: 0, Annotator: 1, Class: 1}}}); !reflect.DeepEqual(c.Items, want.Items) ||
		!reflect.DeepEqual(c.Annotators, want.Annotators) || !reflect.DeepEqual(c.Classes, want.Classes) || !reflect.DeepEqual(c.Votes, want.Votes) {
		t.Errorf("%+v, want %+v", c, want)
	}
	if known := c.Known([]Label{{"9", "1"}, {"77", "3"}}); !slices.Equal(known, []int{0, -1}) {
		t.Errorf("known %v", known)
	}
	slices.Reverse(answers)
	if again := NewCrowd(answers); !slices.Equal(again.Items, c.Items) || !slices.Equal(again.Classes, []string{"2", "10"}) {
		t.Errorf("in another order %+v", again)
	}
}

func TestNamesAreSortedByValueWhenAllAreNumbers(t *testing.T) {
	t.Parallel()
	for _, want := range [][]string{{"-1", "2", "10"}, {"10", "2", "x"}, {"01", "1", "2"}, {"A", "a", "é"}, {"1.5", "10", "2"}} {
		got := slices.Clone(want)
		slices.Reverse(got)
		if SortNames(got); !slices.Equal(got, want) {
			t.Errorf("sorted %q, want %q", got, want)
		}
	}
}

func BenchmarkReadAnswers(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("item,worker,label\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&file, "%d,%d,%d\n", i/10, i*7%1000, i%10)
	}
	for b.Loop() {
		n := 0
		if _, err := ReadAnswers(bytes.NewReader(file.Bytes()), func(Answer) error { n++; return nil }); err != nil || n != 1_000_000 {
			b.Fatal(n, err)
		}
	}
}
