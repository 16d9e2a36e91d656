package storetest

import (
	"reflect"
	"slices"
	"time"

	"akhra.dev/akhra"
)

func projects(w *world) {
	t, labels := w.project("Leaves")
	p, l, err := w.Project(w.ctx(), t)
	w.must(err)
	if p.Settings != akhra.DefaultSettings() || l.Version != 1 || len(l.Classes) != 2 {
		w.Errorf("read back %+v with %+v", p, l)
	}
	twin := p
	twin.ID = akhra.ProjectID(w.NewID())
	w.wantCode(akhra.Conflict, w.AddProject(w.ctx(), akhra.Tenant{Org: t.Org, Project: twin.ID}, twin, labels), "a name that is taken")
	p.Question, p.Settings.Cap = "Which leaf?", 5
	w.must(w.UpdateProject(w.ctx(), t, p))
	if got, err := w.ProjectByName(w.ctx(), t.Org, "Leaves"); err != nil || !reflect.DeepEqual(got, p) {
		w.Errorf("found %+v, %v, want %+v", got, err, p)
	}
	next, err := w.SetLabels(w.ctx(), t, append(slices.Clone(labels.Classes), w.class("beetle")))
	w.must(err)
	if next.ID != labels.ID || next.Version != 2 {
		w.Errorf("changed label set is %s version %d, want the same id, version 2", next.ID, next.Version)
	}
	_, err = w.SetLabels(w.ctx(), t, labels.Classes[:1])
	w.wantCode(akhra.Invalid, err, "one class alone")
	_, err = w.SetLabels(w.ctx(), akhra.Tenant{Org: t.Org, Project: "none"}, labels.Classes)
	w.wantCode(akhra.NotFound, err, "labels of no project")
	if all, err := w.Projects(w.ctx(), t.Org); err != nil || len(all) != 1 {
		w.Errorf("projects = %v, %v", all, err)
	}
}

// families share their pictures, and nobody's answers are taken over.
func families(w *world) {
	t, _ := w.project("Pets")
	w.tasks(t, 2)
	dog, dogs := w.question(t, "dog")
	w.clock = w.clock.Add(time.Millisecond) // the second is made later: the order is that of making
	cat, cats := w.question(akhra.Tenant{Org: t.Org, Project: akhra.ProjectID(w.NewID())}, "cat")
	w.must(w.AskEach(w.ctx(), t, []akhra.Project{dog, cat}, []akhra.LabelSet{dogs, cats}))
	both, err := w.Family(w.ctx(), t.Org, "Pets")
	w.must(err)
	if len(both) != 2 || both[0].About != "dog" || both[0].ID != t.Project || both[1].About != "cat" || both[0].AboutNames["hi"] != "dog hi" || both[1].AboutNames["hi"] != "cat hi" {
		w.Errorf("the family is %+v", both)
	}
	if _, labels, err := w.Project(w.ctx(), t); err != nil || labels.Version != 2 || labels.Classes[0].Name != "yes" {
		w.Errorf("the first question has %+v, %v", labels, err)
	}
	other := akhra.Tenant{Org: t.Org, Project: cat.ID}
	if added, err := w.AddItems(w.ctx(), other, []akhra.Item{w.item(0), w.item(1), w.item(2)}); err != nil || !slices.Equal(added, []bool{true, true, true}) {
		w.Errorf("added = %v, %v", added, err)
	}
	if first, second := len(w.allTasks(t)), len(w.allTasks(other)); first != 3 || second != 3 {
		w.Errorf("a picture of one question comes to all: %d and %d tasks", first, second)
	}

	asked, pests := w.project("Asked")
	asha := w.person("asha")
	w.submit(asked, asha, w.said(w.lease(asked, asha, 1, places(w.tasks(asked, 1)))[0], pests.Classes[0].ID))
	question, labels := w.question(asked, "bird")
	w.wantCode(akhra.Conflict, w.AskEach(w.ctx(), asked, []akhra.Project{question}, []akhra.LabelSet{labels}), "a project with answers")
}

// question is a project that asks whether a class is in the pictures.
func (w *world) question(t akhra.Tenant, about string) (akhra.Project, akhra.LabelSet) {
	p := akhra.Project{ID: t.Project, Org: t.Org, LabelSet: akhra.LabelSetID(w.NewID()), Settings: akhra.DefaultSettings(), Created: w.now()}
	return p.YesNo("Pets", akhra.Class{Name: about, Names: map[string]string{"hi": about + " hi"}}, akhra.ClassID(w.NewID()), akhra.ClassID(w.NewID()))
}

func items(w *world) {
	t, _ := w.project("Leaves")
	first, second := w.item(1), w.item(2)
	twin := w.item(1)
	added, err := w.AddItems(w.ctx(), t, []akhra.Item{first, twin, second})
	w.must(err)
	if !slices.Equal(added, []bool{true, false, true}) {
		w.Errorf("added = %v: the same bytes twice are one item", added)
	}
	all, err := w.Items(w.ctx(), t, 0, 10)
	w.must(err)
	first.Seq, second.Seq = 1, 2
	if !slices.Equal(all, []akhra.Item{first, second}) {
		w.Errorf("items = %+v", all)
	}
	if rest, err := w.Items(w.ctx(), t, 1, 1); err != nil || len(rest) != 1 || rest[0] != second {
		w.Errorf("after the first come %+v, %v", rest, err)
	}
	if known, err := w.KnownBlob(w.ctx(), t, first.Blob); err != nil || !known {
		w.Errorf("known = %v, %v", known, err)
	}
	if sizes, err := w.Sizes(w.ctx(), t, []akhra.ItemID{second.ID, first.ID, twin.ID}); err != nil || len(sizes) != 2 || sizes[second.ID] != (akhra.Size{Width: second.Width, Height: second.Height}) {
		w.Errorf("sizes = %v, %v, want those of the two pictures that are there", sizes, err)
	}
	tasks := w.allTasks(t)
	if len(tasks) != 2 || tasks[0].Item != first.ID || tasks[0].Round != 0 {
		w.Fatalf("tasks = %+v, want one per picture, in their order", tasks)
	}
	if got, err := w.Task(w.ctx(), t, tasks[1].ID); err != nil || got != tasks[1] {
		w.Errorf("found task %+v, %v, want %+v", got, err, tasks[1])
	}
}

// tenants: rows of one project are not there for another.
func tenants(w *world) {
	t, l := w.project("Leaves")
	other, _ := w.project("Beetles")
	asha := w.person("asha")
	lease := w.lease(t, asha, 1, places(w.tasks(t, 1)))[0]
	said := w.said(lease, l.Classes[0].ID)
	w.wantOutcome(akhra.Refused, w.submit(other, asha, said))
	w.wantOutcome(akhra.Stored, w.submit(t, asha, said))
	_, err := w.Item(w.ctx(), other, lease.Item)
	w.wantCode(akhra.NotFound, err, "a picture of another project")
	_, err = w.Task(w.ctx(), other, lease.Task)
	w.wantCode(akhra.NotFound, err, "a task of another project")
	_, _, err = w.Project(w.ctx(), akhra.Tenant{Org: akhra.OrgID(w.NewID()), Project: t.Project})
	w.wantCode(akhra.NotFound, err, "a project of another organisation")
	if got := w.standing(other); len(got) != 0 {
		w.Errorf("another project shows answers %v", got)
	}
	if c, err := w.Counts(w.ctx(), other); err != nil || c.Answers != 0 || c.Items != 0 {
		w.Errorf("another project counts %+v, %v", c, err)
	}
}
