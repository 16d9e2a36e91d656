package storetest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"akhra.dev/akhra"
)

// history: whatever a person answers, corrects and takes back, in whatever
// order, her counts are those of her standing answers, by project and by time.
func history(w *world) {
	t, l := w.project("Leaves")
	asha := w.person("asha")
	leases := w.lease(t, asha, 12, places(w.tasks(t, 12)))
	chance := rand.New(rand.NewPCG(7, 11))
	last := map[akhra.AssignmentID]akhra.Annotation{}
	for range 150 {
		w.clock = w.clock.Add(time.Duration(chance.IntN(9)) * time.Minute)
		a := w.said(leases[chance.IntN(len(leases))], l.Classes[chance.IntN(2)].ID)
		switch before, ok := last[a.Assignment]; {
		case ok && before.Answer != akhra.AnswerUndo && chance.IntN(3) == 0:
			a = w.undone(before)
		case ok:
			a.Replaces = before.ID
		}
		switch kind := chance.IntN(5); {
		case a.Answer == akhra.AnswerUndo:
		case kind == 0:
			a.Answer, a.Class, a.Reason = akhra.AnswerSkip, "", "other"
		case kind == 1:
			a.Answer, a.Class = akhra.AnswerNotSure, ""
		}
		w.wantOutcome(akhra.Stored, w.submit(t, asha, a))
		last[a.Assignment] = a
	}
	want := map[akhra.Millis]int{}
	answers := 0
	w.must(w.Standing(w.ctx(), t, func(a akhra.Annotation) error {
		if a.Answer != akhra.AnswerSkip {
			want[a.Stored/akhra.ActivityStep*akhra.ActivityStep]++
			answers++
		}
		return nil
	}))
	var steps []akhra.Activity
	for _, from := range slices.Sorted(maps.Keys(want)) {
		steps = append(steps, akhra.Activity{From: from, Answers: want[from]})
	}
	w.wantActivity(t, asha, 0, steps...)
	if per, err := w.PerProject(w.ctx(), t.Org, asha.ID); err != nil || per[0].Answers != answers {
		w.Errorf("per project %+v, %v, want %d answers", per, err, answers)
	}
}
