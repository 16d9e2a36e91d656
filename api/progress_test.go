package api_test

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/consensus"
)

func TestProgress_WhoLeadsIsToldHowPeopleAreJudged(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(12)
	overlap, pilot := 2, akhra.MaxPilot
	owner.ask("PATCH", w.path, project.ProjectChange{Settings: &project.SettingsChange{Overlap: &overlap, Pilot: &pilot}}).want(t, 200, nil)
	var one *person
	for range akhra.PilotAnnotators {
		one = h.person(akhra.Annotator)
		for _, task := range one.lease(w, 2) {
			one.sync(w, say(t, task, w.classes[0].ID))
		}
	}
	must(t, h.engine.Drain(t.Context()))
	told := func(who *person) []consensus.Notice {
		var v project.ProgressView
		who.ask("GET", w.path+"/progress", nil).want(t, 200, &v)
		return v.Notices
	}
	if got := told(owner); !slices.Contains(got, consensus.NoticePilot) {
		t.Errorf("the owner is told %v", got)
	}
	if got := told(one); len(got) != 0 {
		t.Errorf("an annotator is told %v", got)
	}
}
