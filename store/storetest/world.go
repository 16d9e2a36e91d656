package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
)

// world is one store with what a rule needs around it.
type world struct {
	*testing.T
	Store
	clock time.Time
}

func (w *world) ctx() context.Context { return w.Context() }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) wantCode(want akhra.Code, err error, format string, args ...any) {
	w.Helper()
	if akhra.CodeOf(err) != want {
		w.Errorf("%s: error %v, want %s", fmt.Sprintf(format, args...), err, want)
	}
}

func (w *world) now() akhra.Millis { return akhra.MillisOf(w.clock) }

func (w *world) org() akhra.OrgID {
	o, err := w.EnsureOrg(w.ctx(), "Khunti centre")
	w.must(err)
	return o.ID
}

func (w *world) person(login string) akhra.User {
	w.Helper()
	u := akhra.User{ID: akhra.UserID(w.NewID()), Org: w.org(), Name: strings.ToUpper(login), Login: login, Role: akhra.Annotator, Created: w.now()}
	w.must(w.AddUser(w.ctx(), u))
	return u
}

func (w *world) class(name string) akhra.Class {
	return akhra.Class{ID: akhra.ClassID(w.NewID()), Name: name}
}

// project makes a project of two classes.
func (w *world) project(name string) (akhra.Tenant, akhra.LabelSet) {
	w.Helper()
	t := akhra.Tenant{Org: w.org(), Project: akhra.ProjectID(w.NewID())}
	l := akhra.LabelSet{ID: akhra.LabelSetID(w.NewID()), Version: 1, Classes: []akhra.Class{w.class("pest"), w.class("leaf")}}
	p := akhra.Project{ID: t.Project, Org: t.Org, Name: name, Question: "What is it?", LabelSet: l.ID, Settings: akhra.DefaultSettings(), Created: w.now()}
	w.must(w.AddProject(w.ctx(), t, p, l))
	return t, l
}

func (w *world) item(n int) akhra.Item {
	hash := fmt.Sprintf("%064x", n)
	return akhra.Item{ID: akhra.ItemID(w.NewID()), Blob: hash, Name: fmt.Sprintf("%d.jpg", n), Width: 640, Height: 480,
		Variants: [3]string{hash, hash, hash}, Thumb: hash, Created: w.now()}
}

// tasks adds n pictures to a project and gives the questions about them.
func (w *world) tasks(t akhra.Tenant, n int) []akhra.Task {
	w.Helper()
	all := make([]akhra.Item, n)
	for i := range all {
		all[i] = w.item(i)
	}
	_, err := w.AddItems(w.ctx(), t, all)
	w.must(err)
	return w.allTasks(t)
}

func (w *world) allTasks(t akhra.Tenant) (tasks []akhra.Task) {
	w.Helper()
	w.must(w.Tasks(w.ctx(), t, func(one akhra.Task) error { tasks = append(tasks, one); return nil }))
	return tasks
}

// places are one open place per task, in their order.
func places(tasks []akhra.Task) []akhra.Slot {
	slots := make([]akhra.Slot, len(tasks))
	for i, one := range tasks {
		slots[i] = akhra.Slot{Task: one.ID, Item: one.Item, Priority: float64(i), Why: akhra.WhyNew}
	}
	return slots
}

func (w *world) lease(t akhra.Tenant, who akhra.User, n int, places []akhra.Slot) []akhra.Assignment {
	w.Helper()
	got, err := w.Lease(w.ctx(), t, who.ID, n, w.now()+60_000, places)
	w.must(err)
	return got
}

func (w *world) said(a akhra.Assignment, class akhra.ClassID) akhra.Annotation {
	return akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: a.ID, Task: a.Task, Answer: akhra.AnswerClass, Class: class, TookMillis: 900}
}

func (w *world) undone(said akhra.Annotation) akhra.Annotation {
	return akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: said.Assignment, Task: said.Task, Answer: akhra.AnswerUndo, Replaces: said.ID}
}

// submit sends one answer and gives its verdict.
func (w *world) submit(t akhra.Tenant, who akhra.User, a akhra.Annotation) akhra.Verdict {
	w.Helper()
	v, err := w.Submit(w.ctx(), t, who.ID, []akhra.Annotation{a})
	w.must(err)
	return v[0]
}

func (w *world) wantOutcome(want akhra.Outcome, v akhra.Verdict) {
	w.Helper()
	if v.Outcome != want {
		w.Errorf("outcome %s (%v), want %s", v.Outcome, v.Problem, want)
	}
}

func (w *world) standing(t akhra.Tenant) (ids []akhra.AnnotationID) {
	w.Helper()
	w.must(w.Standing(w.ctx(), t, func(a akhra.Annotation) error { ids = append(ids, a.ID); return nil }))
	return ids
}
