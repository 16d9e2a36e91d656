package akhra_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
)

const someID = "01900000-0000-7000-8000-000000000001"

func TestNewID(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1_700_000_000_123)
	early, err := akhra.NewID(at, bytes.NewReader(bytes.Repeat([]byte{0xff}, 10)))
	if err != nil || !akhra.ValidID(early) {
		t.Fatalf("NewID = %q, %v", early, err)
	}
	late, _ := akhra.NewID(at.Add(time.Millisecond), bytes.NewReader(make([]byte, 10)))
	if early >= late {
		t.Errorf("an id made later sorts first: %s >= %s", early, late)
	}
	if _, err := akhra.NewID(at, bytes.NewReader(nil)); err == nil {
		t.Error("NewID without chance does not fail")
	}
}

func TestMay(t *testing.T) {
	t.Parallel()
	rows := []struct {
		role akhra.Role
		act  akhra.Act
		want bool
	}{
		{akhra.Owner, akhra.ActManagePeople, true},
		{akhra.Manager, akhra.ActManagePeople, true},
		{akhra.Manager, akhra.ActEndSessions, false},
		{akhra.Client, akhra.ActBrowse, false},
		{akhra.Annotator, akhra.ActAnnotate, true},
		{akhra.Annotator, akhra.ActExport, false},
		{akhra.Annotator, akhra.ActBrowse, false},
		{akhra.Client, akhra.ActAnnotate, false},
		{akhra.Reviewer, akhra.ActReview, true},
		{akhra.Annotator, akhra.ActReview, false},
		{akhra.Reviewer, akhra.ActSetGold, false},
		{akhra.Annotator, akhra.ActSeeSkills, false},
		{akhra.Annotator, akhra.ActSeeOwnWork, true},
		{akhra.Client, akhra.ActSeeOwnWork, false},
		{"", akhra.ActSignedIn, false},
		{"admin", akhra.ActManagePeople, false},
		{akhra.Owner, "unheard-of", false},
	}
	for _, row := range rows {
		if got := akhra.May(row.role, row.act); got != row.want {
			t.Errorf("May(%q, %q) = %v", row.role, row.act, got)
		}
	}
}

func TestLabelSetValidate(t *testing.T) {
	t.Parallel()
	class := func(n int, name, key string) akhra.Class {
		return akhra.Class{ID: akhra.ClassID(fmt.Sprintf("01900000-0000-7000-8000-%012d", n)), Name: name, Key: key}
	}
	hindi := func(c akhra.Class, name string) akhra.Class {
		c.Names, c.Rules = map[string]string{"hi": name}, map[string]string{"hi": name}
		return c
	}
	rows := []struct {
		rule    string
		classes []akhra.Class
		ok      bool
	}{
		{"two classes are enough", []akhra.Class{class(1, "cat", "1"), class(2, "dog", "2")}, true},
		{"emoji, right-to-left and HTML are plain text", []akhra.Class{class(1, "🐞", ""), class(2, "كلب", ""), class(3, "<b>x</b>", "")}, true},
		{"one class is no question", []akhra.Class{class(1, "cat", "1")}, false},
		{"an empty name", []akhra.Class{class(1, " ", ""), class(2, "dog", "")}, false},
		{"a double name, case apart", []akhra.Class{class(1, "Cat", ""), class(2, "cat ", "")}, false},
		{"a double key", []akhra.Class{class(1, "cat", "1"), class(2, "dog", "1")}, false},
		{"500 letters", []akhra.Class{class(1, strings.Repeat("x", 500), ""), class(2, "dog", "")}, false},
		{"a control character", []akhra.Class{class(1, "a\x00b", ""), class(2, "dog", "")}, false},
		{"500 letters in another language", []akhra.Class{hindi(class(1, "cat", ""), strings.Repeat("क", 500)), class(2, "dog", "")}, false},
		{"a name and a rule in another language", []akhra.Class{hindi(class(1, "cat", ""), "बिल्ली"), class(2, "dog", "")}, true},
		{"a taken key", []akhra.Class{class(1, "cat", "s"), class(2, "dog", "")}, false},
	}
	for _, row := range rows {
		err := (&akhra.LabelSet{Classes: row.classes}).Validate()
		if (err == nil) != row.ok {
			t.Errorf("%s: %v", row.rule, err)
		}
	}
}

func TestAnnotationValidate(t *testing.T) {
	t.Parallel()
	base := akhra.Annotation{ID: someID, Assignment: someID, Task: someID, Answer: akhra.AnswerClass, Class: someID}
	rows := []struct {
		rule   string
		change func(*akhra.Annotation)
		ok     bool
	}{
		{"a class answer", func(*akhra.Annotation) {}, true},
		{"not sure needs no class", func(a *akhra.Annotation) { a.Answer, a.Class = akhra.AnswerNotSure, "" }, true},
		{"a skip with a listed reason", func(a *akhra.Annotation) { a.Answer, a.Reason = akhra.AnswerSkip, "broken" }, true},
		{"a skip without a reason", func(a *akhra.Annotation) { a.Answer = akhra.AnswerSkip }, false},
		{"an undo of nothing", func(a *akhra.Annotation) { a.Answer = akhra.AnswerUndo }, false},
		{"an unknown kind", func(a *akhra.Annotation) { a.Answer = "maybe" }, false},
		{"no id", func(a *akhra.Annotation) { a.ID = "1" }, false},
		{"negative time", func(a *akhra.Annotation) { a.TookMillis = -1 }, false},
		{"a long note", func(a *akhra.Annotation) { a.Note = strings.Repeat("x", akhra.MaxNote+1) }, false},
	}
	for _, row := range rows {
		a := base
		row.change(&a)
		if err := a.Validate(); (err == nil) != row.ok {
			t.Errorf("%s: %v", row.rule, err)
		}
	}
}

func TestSettingsValidate_GoldShare(t *testing.T) {
	t.Parallel()
	for share, ok := range map[float64]bool{0: true, akhra.DefaultGold: true, akhra.MaxGold: true, -0.01: false, 0.31: false, math.NaN(): false} {
		s := akhra.DefaultSettings()
		if s.GoldShare = share; (s.Validate() == nil) != ok {
			t.Errorf("a gold share of %v: %v", share, s.Validate())
		}
	}
}

func TestReviewValidate(t *testing.T) {
	t.Parallel()
	base := akhra.Review{ID: someID, Task: someID, Class: someID}
	rows := []struct {
		rule   string
		change func(*akhra.Review)
		ok     bool
	}{
		{"a class decides", func(*akhra.Review) {}, true},
		{"a note beside it", func(r *akhra.Review) { r.Note = "Six legs." }, true},
		{"no class", func(r *akhra.Review) { r.Class = "" }, false},
		{"no task", func(r *akhra.Review) { r.Task = "" }, false},
		{"no id", func(r *akhra.Review) { r.ID = "1" }, false},
		{"a long note", func(r *akhra.Review) { r.Note = strings.Repeat("x", akhra.MaxNote+1) }, false},
	}
	for _, row := range rows {
		r := base
		row.change(&r)
		if err := r.Validate(); (err == nil) != row.ok {
			t.Errorf("%s: %v", row.rule, err)
		}
	}
}

func TestBodyHash_IgnoresWhatTheServerAdds(t *testing.T) {
	t.Parallel()
	a := akhra.Annotation{ID: someID, Class: someID}
	b := a
	b.Annotator, b.Seq, b.Stored = "x", 7, 9
	if a.BodyHash() != b.BodyHash() {
		t.Error("the hash depends on fields the device never sent")
	}
	b.Class = ""
	if a.BodyHash() == b.BodyHash() {
		t.Error("another body has the same hash")
	}
}

func TestSentence_KeepsInternalsToItself(t *testing.T) {
	t.Parallel()
	secret := errors.New("password=hunter2")
	if got := akhra.Sentence(fmt.Errorf("open: %w", secret)); strings.Contains(got, "hunter2") {
		t.Errorf("Sentence shows internals: %q", got)
	}
	if got := akhra.Sentence(fmt.Errorf("sync: %w", akhra.Errorf(akhra.Conflict, "Already answered."))); got != "Already answered." {
		t.Errorf("Sentence = %q", got)
	}
	if akhra.CodeOf(nil) != "" || akhra.CodeOf(secret) != akhra.Internal {
		t.Error("CodeOf")
	}
}
