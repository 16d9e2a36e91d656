package api_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/work"
)

// settle stores what a task turned out to be.
func (h *house) settle(w world, task work.AssignmentView, class akhra.ClassID, state akhra.TaskState) {
	h.t.Helper()
	must(h.t, h.db.PutConsensus(h.t.Context(), akhra.Tenant{Org: h.org.ID, Project: w.id},
		[]akhra.Consensus{{Task: task.Task, Item: task.Item, Class: class, State: state, Posterior: []float64{0.1, 0.9}, Version: 1}}))
}

func TestOwnWork(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha, binita := h.person(akhra.Owner), h.person(akhra.Annotator), h.person(akhra.Annotator)
	w := owner.project(5)
	beetle, leaf := w.classes[0].ID, w.classes[1].ID
	tasks := asha.lease(w, 4)
	for _, task := range tasks {
		asha.sync(w, say(t, task, beetle))
	}
	h.settle(w, tasks[0], leaf, akhra.TaskDone)
	h.settle(w, tasks[1], beetle, akhra.TaskDone)
	h.settle(w, tasks[2], leaf, akhra.TaskOpen)
	h.settle(w, tasks[3], leaf, akhra.TaskReview)

	t.Run("what differs is told of settled pictures only", func(t *testing.T) {
		var page work.MismatchPage
		asha.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if len(page.Mismatches) != 1 || page.Mismatches[0].Task != tasks[0].Task || page.Mismatches[0].Said != beetle || page.Mismatches[0].Settled != leaf || page.Next != "" {
			t.Errorf("page %+v", page)
		}
	})
	t.Run("nobody reads what another answered", func(t *testing.T) {
		var page work.MismatchPage
		binita.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if len(page.Mismatches) != 0 {
			t.Errorf("another person reads %+v", page)
		}
		binita.ask("POST", w.path+"/appeals", work.AppealBody{Task: tasks[0].Task}).problem(t, 404, akhra.NotFound, "not among those")
	})
	t.Run("an appeal is told from then on", func(t *testing.T) {
		asha.ask("POST", w.path+"/appeals", work.AppealBody{Task: tasks[0].Task}).want(t, 204, nil)
		var page work.MismatchPage
		asha.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if page.Mismatches[0].Appeal != akhra.AppealOpen {
			t.Errorf("appeal is %q", page.Mismatches[0].Appeal)
		}
	})
	t.Run("a reviewer is given what she asked about, and she reads that a person has looked", func(t *testing.T) {
		var list item.ReviewList
		reviewer := h.person(akhra.Reviewer)
		reviewer.ask("GET", w.path+"/reviews", nil).want(t, 200, &list)
		at := slices.IndexFunc(list.Tasks, func(r item.ReviewTask) bool { return r.Task == tasks[0].Task })
		if at < 0 || !list.Tasks[at].Asked {
			t.Fatalf("reviews %+v", list)
		}
		reviewer.ask("POST", w.path+"/reviews", item.SettleBody{ID: akhra.ReviewID(newID(t)), Task: tasks[0].Task, Class: leaf}).want(t, 200, nil)
		var page work.MismatchPage
		asha.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if page.Mismatches[0].Appeal != akhra.AppealClosed {
			t.Errorf("appeal is %q", page.Mismatches[0].Appeal)
		}
	})
	t.Run("nothing she reads names anybody else", func(t *testing.T) {
		for _, path := range []string{"/api/me/work", w.path + "/mismatches"} {
			text := asha.ask("GET", path, nil).want(t, 200, nil).body
			for _, other := range []*person{owner, binita} {
				if bytes.Contains(text, []byte(other.user.ID)) || bytes.Contains(text, []byte(other.user.Name)) {
					t.Errorf("%s names another: %s", path, text)
				}
			}
		}
	})
	t.Run("a picture settled by gold looks like any other", func(t *testing.T) {
		task := asha.lease(w, 1)[0]
		asha.sync(w, say(t, task, beetle))
		must(t, h.db.SetGold(t.Context(), akhra.Tenant{Org: h.org.ID, Project: w.id}, []akhra.Gold{{Item: task.Item, Class: leaf, Source: akhra.GoldImport, By: owner.user.ID}}))
		h.settle(w, task, leaf, akhra.TaskDone)
		var page struct{ Mismatches []map[string]any }
		asha.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if len(page.Mismatches) != 2 || page.Mismatches[0]["task"] != string(task.Task) {
			t.Fatalf("page %+v", page)
		}
		for _, own := range []string{"task", "item", "thumb", "url", "stored", "appeal"} {
			delete(page.Mismatches[0], own)
			delete(page.Mismatches[1], own)
		}
		if !maps.Equal(page.Mismatches[0], page.Mismatches[1]) {
			t.Errorf("gold %+v differs from %+v", page.Mismatches[0], page.Mismatches[1])
		}
	})
	t.Run("a class that was removed lowers nothing", func(t *testing.T) {
		two := append(classes(t, "moth"), w.classes[1])
		two[0].Key = ""
		owner.ask("PUT", w.path+"/classes", map[string]any{"classes": two}).want(t, 200, nil)
		var page work.MismatchPage
		asha.ask("GET", w.path+"/mismatches", nil).want(t, 200, &page)
		if len(page.Mismatches) != 0 {
			t.Errorf("page %+v", page)
		}
	})
	t.Run("the days are those of her clock", func(t *testing.T) { daysOfHerClock(t, h, asha) })
}

// daysOfHerClock: an answer belongs to the day that her clock showed, so a
// clock that is ahead by what is left of the day moves all of them to the next.
func daysOfHerClock(t *testing.T, h *house, asha *person) {
	for _, ahead := range []int{-840, 0, 330, 345, 840} {
		today := h.now().UTC().Add(time.Duration(ahead) * time.Minute).Format(time.DateOnly)
		var v work.WorkView
		asha.ask("GET", fmt.Sprintf("/api/me/work?offset=%d", ahead), nil).want(t, 200, &v)
		last := v.Days[len(v.Days)-1]
		if len(v.Days) != 14 || last.Day != today || last.Answers != 5 {
			t.Errorf("%d minutes ahead: %d days, the last %+v, want 5 answers on %s", ahead, len(v.Days), last, today)
		}
	}
	var v work.WorkView
	h.ahead.Add(int64(24 * time.Hour))
	asha.signInAgain()
	asha.ask("GET", "/api/me/work", nil).want(t, 200, &v)
	if v.Days[12].Answers != 5 || v.Days[13].Answers != 0 {
		t.Errorf("a day later: %+v", v.Days)
	}
}

// TestAScoreCanBeRecomputed lets seven people answer through the whole engine:
// what each reads of her score gives her score again, and of fewer than five
// people no average is told.
func TestAScoreCanBeRecomputed(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(28)
	owner.ask("PATCH", w.path, map[string]any{"settings": map[string]any{"overlap": 7, "cap": 7}}).want(t, 200, nil)
	people := make([]*person, 7)
	for j := range people {
		people[j] = h.person(akhra.Annotator)
		for i, task := range people[j].lease(w, 20+j) {
			class := slices.Index(w.items, task.Item) % 2
			if i%(3+j) == 0 {
				class = 1 - class
			}
			people[j].sync(w, say(t, task, w.classes[class].ID))
		}
		must(t, h.engine.Drain(t.Context()))
		var v work.WorkView
		people[0].ask("GET", "/api/me/work", nil).want(t, 200, &v)
		if v.Projects[0].Average != nil && j < 4 {
			t.Errorf("of %d people an average is told", j+1)
		}
	}
	for _, one := range people {
		var v work.WorkView
		one.ask("GET", "/api/me/work", nil).want(t, 200, &v)
		p := v.Projects[0]
		if p.Skill == nil || p.Average == nil {
			t.Fatalf("%+v", p)
		}
		again := (p.Skill.Agree + float64(p.Drawn)**p.Average) / float64(p.Skill.Of+p.Drawn)
		if math.Abs(again-p.Skill.Accuracy) > 0.02 { // told in tenths, and written when it has moved by a hundredth
			t.Errorf("%+v gives %.3f, the score is %.3f", p, again, p.Skill.Accuracy)
		}
	}
}

func TestSkills(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(3)
	tasks := asha.lease(w, 3)
	for _, task := range tasks {
		asha.sync(w, say(t, task, w.classes[0].ID))
	}
	tenant := akhra.Tenant{Org: h.org.ID, Project: w.id}
	read := func() work.AnnotatorView {
		var page work.SkillPage
		owner.ask("GET", w.path+"/skills", nil).want(t, 200, &page)
		if len(page.People) != 1 || page.Next != "" {
			t.Fatalf("page %+v", page)
		}
		return page.People[0]
	}
	t.Run("before the first estimate there are answers and no skill", func(t *testing.T) {
		if v := read(); v.ID != asha.user.ID || v.Answers != 3 || v.PaceMillis != 900 || v.Skill != nil {
			t.Errorf("%+v", v)
		}
	})
	put := func(s akhra.Skill) *work.SkillView {
		s.Annotator = asha.user.ID
		must(t, h.db.PutSkills(t.Context(), tenant, []akhra.Skill{s}))
		return read().Skill
	}
	t.Run("the confusion is told by class, most often first", func(t *testing.T) {
		v := put(akhra.Skill{Counts: []float64{14, 6.04, 0, 20}, Accuracy: 0.84, Low: 0.74, High: 0.92, Answers: 40})
		if v.Few || v.Agree != 34 || v.Of != 40 || len(v.Confusion) != 2 || v.Confusion[0].Of != 20 || v.Confusion[0].Said[1] != (work.SaidView{Class: w.classes[1].ID, Times: 6}) || len(v.Confusion[1].Said) != 1 {
			t.Errorf("%+v", v)
		}
	})
	t.Run("few answers and wide intervals are called so", func(t *testing.T) {
		if !put(akhra.Skill{Counts: make([]float64, 4), Accuracy: 0.9, Low: 0.85, High: 0.95, Answers: 9}).Few {
			t.Error("nine answers are enough")
		}
		if !put(akhra.Skill{Counts: make([]float64, 4), Accuracy: 0.7, Low: 0.5, High: 0.9, Answers: 40}).Few {
			t.Error("an interval of 4 in ten is narrow")
		}
	})
	t.Run("a matrix of older classes is left out", func(t *testing.T) {
		if v := put(akhra.Skill{Counts: make([]float64, 9), Accuracy: 0.9, Low: 0.8, High: 0.95, Answers: 40}); len(v.Confusion) != 0 {
			t.Errorf("%+v", v)
		}
	})
	t.Run("gold is counted for the manager and told in tens to her", func(t *testing.T) { goldInTens(t, h, owner, asha) })
}

// goldInTens: she reads a share once there are ten answers on gold, never the
// numbers, which would tell after each answer whether it was on gold.
func goldInTens(t *testing.T, h *house, owner, asha *person) {
	w := owner.project(10)
	tasks := asha.lease(w, 10)
	for i, task := range tasks {
		gold := akhra.Gold{Item: task.Item, Task: task.Task, Class: w.classes[i/9].ID, Source: akhra.GoldImport, By: owner.user.ID}
		must(t, h.db.SetGold(t.Context(), akhra.Tenant{Org: h.org.ID, Project: w.id}, []akhra.Gold{gold}))
		var v work.WorkView
		text := asha.ask("GET", "/api/me/work", nil).want(t, 200, &v).body
		if bytes.Contains(text, []byte(`"knownOf10":0`)) || i > 0 && v.Projects[0].KnownOf10 != nil {
			t.Fatalf("after %d answers on gold: %s", i, text)
		}
		asha.sync(w, say(t, task, w.classes[0].ID))
	}
	var v work.WorkView
	asha.ask("GET", "/api/me/work", nil).want(t, 200, &v)
	if ten := v.Projects[0].KnownOf10; ten == nil || *ten != 9 {
		t.Errorf("of ten on gold %v, want 9", ten)
	}
	var page work.SkillPage
	owner.ask("GET", w.path+"/skills", nil).want(t, 200, &page)
	if page.People[0].Known != (work.KnownView{Right: 9, Of: 10}) {
		t.Errorf("the manager reads %+v", page.People[0].Known)
	}
}
