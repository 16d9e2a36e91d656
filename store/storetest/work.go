package storetest

import (
	"slices"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// work: what a person did is counted by step and by project; what she took
// back leaves the step in which she gave it.
func work(w *world) {
	t, l := w.project("Leaves")
	other, _ := w.project("Beetles")
	asha := w.person("asha")
	leases := w.lease(t, asha, 5, places(w.tasks(t, 5)))
	first := w.said(leases[0], l.Classes[0].ID)
	first.TookMillis = 5000
	unsure := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: leases[1].ID, Task: leases[1].Task, Answer: akhra.AnswerNotSure, TookMillis: 3000}
	skip := akhra.Annotation{ID: akhra.AnnotationID(w.NewID()), Assignment: leases[2].ID, Task: leases[2].Task, Answer: akhra.AnswerSkip, Reason: "broken", TookMillis: 90}
	for _, a := range []akhra.Annotation{first, unsure, skip} {
		w.wantOutcome(akhra.Stored, w.submit(t, asha, a))
	}
	start := w.now() / akhra.ActivityStep * akhra.ActivityStep
	w.clock = w.clock.Add(time.Hour)
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(leases[3], l.Classes[1].ID)))
	hour := start + 3_600_000
	w.wantActivity(t, asha, 0, akhra.Activity{From: start, Answers: 2}, akhra.Activity{From: hour, Answers: 1})
	w.wantOutcome(akhra.Stored, w.submit(t, asha, w.undone(first)))
	w.wantActivity(t, asha, 0, akhra.Activity{From: start, Answers: 1}, akhra.Activity{From: hour, Answers: 1})
	w.wantActivity(t, asha, hour, akhra.Activity{From: hour, Answers: 1})
	corrected := w.said(leases[1], l.Classes[0].ID)
	corrected.Replaces = unsure.ID
	w.wantOutcome(akhra.Stored, w.submit(t, asha, corrected))
	w.wantActivity(t, asha, 0, akhra.Activity{From: hour, Answers: 2})
	counted(w, t, other, asha)
}

func counted(w *world, t, other akhra.Tenant, asha akhra.User) {
	got, err := w.PerProject(w.ctx(), t.Org, asha.ID)
	if want := []store.ProjectCount{{Project: t.Project, Name: "Leaves", Answers: 2, Skips: 1}}; err != nil || !slices.Equal(got, want) {
		w.Errorf("per project %+v, %v, want %+v", got, err, want)
	}
	if per, err := w.PerAnnotator(w.ctx(), t); err != nil || len(per) != 1 || per[0].Answers != 2 || per[0].Skips != 1 || per[0].NotSure != 0 {
		w.Errorf("per annotator %+v, %v", per, err)
	}
	paces := map[int]akhra.Millis{1: 900, 200: 3000}
	for last, want := range paces {
		if got, err := w.Pace(w.ctx(), t, asha.ID, last); err != nil || got != want {
			w.Errorf("median of the last %d is %d ms, %v, want %d", last, got, err, want)
		}
	}
	if got, err := w.Pace(w.ctx(), other, asha.ID, 9); err != nil || got != 0 {
		w.Errorf("pace without answers is %d, %v", got, err)
	}
	_, err = w.Skill(w.ctx(), t, asha.ID)
	w.wantCode(akhra.NotFound, err, "a skill before the first fit")
	skill := akhra.Skill{Annotator: asha.ID, Counts: []float64{3, 1, 0, 4}, Accuracy: 0.875, Answers: 8}
	w.must(w.PutSkills(w.ctx(), t, []akhra.Skill{skill}))
	if got, err := w.Skill(w.ctx(), t, asha.ID); err != nil || got.Accuracy != skill.Accuracy || !slices.Equal(got.Counts, skill.Counts) {
		w.Errorf("skill = %+v, %v", got, err)
	}
	if drawn, answers, people, err := w.SkillSums(w.ctx(), t, 4); err != nil || drawn != 0.875*12 || answers != 8 || people != 1 {
		w.Errorf("skills sum to %v, %d, %d, %v", drawn, answers, people, err)
	}
}

func (w *world) wantActivity(t akhra.Tenant, who akhra.User, since akhra.Millis, want ...akhra.Activity) {
	w.Helper()
	if got, err := w.Activity(w.ctx(), t.Org, who.ID, since); err != nil || !slices.Equal(got, want) {
		w.Errorf("activity %+v, %v, want %+v", got, err, want)
	}
}

// settled makes a project in which asha called six pictures a pest: three were
// settled as leaf, one as pest, one is still open, one is for an expert.
func (w *world) settled() (t akhra.Tenant, l akhra.LabelSet, asha akhra.User, leases []akhra.Assignment) {
	w.Helper()
	t, l = w.project("Leaves")
	asha = w.person("asha")
	leases = w.lease(t, asha, 6, places(w.tasks(t, 6)))
	ends := []struct {
		class int
		state akhra.TaskState
	}{{1, akhra.TaskDone}, {0, akhra.TaskDone}, {1, akhra.TaskOpen}, {1, akhra.TaskDone}, {1, akhra.TaskReview}, {1, akhra.TaskDone}}
	for i, a := range leases {
		w.wantOutcome(akhra.Stored, w.submit(t, asha, w.said(a, l.Classes[0].ID)))
		w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: a.Task, Item: a.Item, Class: l.Classes[ends[i].class].ID, State: ends[i].state, Posterior: []float64{0, 1}, Version: 1}}))
	}
	return t, l, asha, leases
}

// mismatches: settled tasks that differ from one's standing answer, newest
// first and page by page; what is open for others is never among them.
func mismatches(w *world) {
	t, l, asha, leases := w.settled()
	page, next, err := w.Mismatches(w.ctx(), t, asha.ID, 0, 2)
	w.must(err)
	want := akhra.Mismatch{Task: leases[5].Task, Item: leases[5].Item, Said: l.Classes[0].ID, Settled: l.Classes[1].ID, Stored: w.now()}
	if len(page) != 2 || page[0] != want || page[1].Task != leases[3].Task || next == 0 {
		w.Fatalf("first page %+v, next %d", page, next)
	}
	rest, next, err := w.Mismatches(w.ctx(), t, asha.ID, next, 2)
	if err != nil || len(rest) != 1 || rest[0].Task != leases[0].Task || next != 0 {
		w.Errorf("second page %+v, next %d, %v", rest, next, err)
	}
	binita := w.person("binita")
	if got, _, err := w.Mismatches(w.ctx(), t, binita.ID, 0, 9); err != nil || len(got) != 0 {
		w.Errorf("another person reads %+v, %v", got, err)
	}
	corrected := w.said(leases[5], l.Classes[1].ID)
	for _, a := range w.hers(t, leases[5].Task) {
		corrected.Replaces = a.ID
	}
	w.wantOutcome(akhra.Stored, w.submit(t, asha, corrected))
	if got, _, err := w.Mismatches(w.ctx(), t, asha.ID, 0, 9); err != nil || len(got) != 2 || got[0].Task != leases[3].Task {
		w.Errorf("after a correction %+v, %v", got, err)
	}
}

// hers are the standing answers on a task.
func (w *world) hers(t akhra.Tenant, task akhra.TaskID) (all []akhra.Annotation) {
	w.Helper()
	w.must(w.Standing(w.ctx(), t, func(a akhra.Annotation) error {
		if a.Task == task {
			all = append(all, a)
		}
		return nil
	}))
	return all
}

// appeals: one asks for a person only about a settled picture that differs
// from one's own answer, and once.
func appeals(w *world) {
	t, l, asha, leases := w.settled()
	refused := map[string]akhra.TaskID{"a picture that agrees": leases[1].Task, "an open one": leases[2].Task, "one that waits for an expert": leases[4].Task, "none": "nothing"}
	for name, task := range refused {
		w.wantCode(akhra.NotFound, w.Appeal(w.ctx(), t, asha.ID, task), "an appeal on %s", name)
	}
	w.wantCode(akhra.NotFound, w.Appeal(w.ctx(), t, w.person("binita").ID, leases[0].Task), "an appeal on another's answer")
	before, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	w.must(w.Appeal(w.ctx(), t, asha.ID, leases[0].Task))
	w.must(w.Appeal(w.ctx(), t, asha.ID, leases[0].Task))
	events, err := w.Events(w.ctx(), t.Org, before, 9)
	if err != nil || len(events) != 1 || events[0].Kind != akhra.EventAppealOpened || events[0].Subject != string(leases[0].Task) {
		w.Errorf("events %+v, %v, want one appeal", events, err)
	}
	var open []akhra.Appeal
	w.must(w.Appeals(w.ctx(), t, func(a akhra.Appeal) error { open = append(open, a); return nil }))
	if want := []akhra.Appeal{{Task: leases[0].Task, Item: leases[0].Item, Annotator: asha.ID, Created: w.now()}}; !slices.Equal(open, want) {
		w.Errorf("open appeals %+v, want %+v", open, want)
	}
	w.wantAppeal(t, asha, leases[0].Task, akhra.AppealOpen)
	w.must(w.Settle(w.ctx(), t, akhra.Review{ID: akhra.ReviewID(w.NewID()), Task: leases[0].Task, Reviewer: w.person("rina").ID, Class: l.Classes[1].ID}))
	w.wantAppeal(t, asha, leases[0].Task, akhra.AppealClosed)
	w.must(w.Appeals(w.ctx(), t, func(a akhra.Appeal) error { w.Errorf("%+v is open after the review", a); return nil }))
}

// askedReviews: who leads asks once for a person, about any task, and is told
// by no other's list of mismatches.
func askedReviews(w *world) {
	t, _, asha, leases := w.settled()
	rina, sunita := w.person("rina"), w.person("sunita")
	w.wantCode(akhra.NotFound, w.AskReview(w.ctx(), t, rina.ID, "nothing"), "a review of no task")
	for range 2 {
		w.must(w.AskReview(w.ctx(), t, rina.ID, leases[1].Task))
	}
	w.must(w.AskReview(w.ctx(), t, rina.ID, leases[0].Task))
	w.wantAppeal(t, asha, leases[0].Task, akhra.AppealNone)
	var open []akhra.TaskID
	w.must(w.Appeals(w.ctx(), t, func(a akhra.Appeal) error { open = append(open, a.Task); return nil }))
	if want := []akhra.TaskID{leases[1].Task, leases[0].Task}; !slices.Equal(open, want) {
		w.Errorf("asked for are %v, want %v", open, want)
	}
	hers, err := w.Reviewable(w.ctx(), t, sunita.ID, open)
	if w.must(err); !hers[leases[1].Task] || !hers[leases[0].Task] {
		w.Errorf("a reviewer may decide %v, want both", hers)
	}
}

// wantAppeal looks for the state of the one appeal she made.
func (w *world) wantAppeal(t akhra.Tenant, who akhra.User, task akhra.TaskID, want akhra.AppealState) {
	w.Helper()
	page, _, err := w.Mismatches(w.ctx(), t, who.ID, 0, 9)
	w.must(err)
	for _, m := range page {
		if m.Task == task && m.Appeal != want || m.Task != task && m.Appeal != akhra.AppealNone {
			w.Errorf("appeal on %s is %q", m.Task, m.Appeal)
		}
	}
}

// known: the answers on gold are counted right by the class of the gold.
func known(w *world) {
	t, l, asha, leases := w.settled()
	var gold []akhra.Gold
	for i, a := range leases[:3] {
		gold = append(gold, akhra.Gold{Item: a.Item, Task: a.Task, Class: l.Classes[i/2].ID, Source: akhra.GoldImport, By: asha.ID})
	}
	w.must(w.SetGold(w.ctx(), t, gold))
	for last, want := range map[int][2]int{200: {2, 3}, 4: {0, 1}} {
		if right, of, err := w.KnownScore(w.ctx(), t, asha.ID, last); err != nil || [2]int{right, of} != want {
			w.Errorf("of the last %d: %d of %d, %v, want %v", last, right, of, err, want)
		}
	}
}
