package storetest

import (
	"errors"
	"slices"

	"akhra.dev/akhra"
)

func truth(w *world) {
	t, l := w.project("Leaves")
	asha := w.person("asha")
	tasks := w.tasks(t, 2)
	lease := w.lease(t, asha, 1, places(tasks))[0]
	said := w.said(lease, l.Classes[1].ID)
	w.submit(t, asha, said)
	c := akhra.Consensus{Task: tasks[0].ID, Item: tasks[0].Item, Class: l.Classes[1].ID, Posterior: []float64{0.1, 0.9},
		Tempered: 0.8, Answers: 1, Asked: 1, State: akhra.TaskOpen, Method: "ds", Version: 1, Seq: 3}
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{c}))
	c.State, c.ModelVersion, c.Tied, c.Wants, c.Value = akhra.TaskDone, 4, true, 2, 0.25
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{c}))
	if of := w.consensus(t, tasks[0].ID, tasks[1].ID); len(of) != 1 || !same(of[c.Task], c) {
		w.Errorf("consensus = %+v, want %+v and none of a task without answers", of, c)
	}
	if of, err := w.ConsensusOf(w.ctx(), t, []akhra.ItemID{tasks[0].Item, tasks[1].Item}); err != nil || len(of) != 1 || !same(of[tasks[0].Item], c) {
		w.Errorf("consensus of two pictures = %+v, %v", of, err)
	}
	if n, err := w.Counts(w.ctx(), t); err != nil || n.Done != 1 || n.Open != 1 {
		w.Errorf("counts = %+v, %v", n, err)
	}
	delivered(w, t, said)
	skill := akhra.Skill{Annotator: asha.ID, Counts: []float64{3, 1, 0, 4}, Accuracy: 0.875, Low: 0.6, High: 0.97, Answers: 8}
	w.must(w.PutSkills(w.ctx(), t, []akhra.Skill{skill}))
	if all, err := w.Skills(w.ctx(), t); err != nil || len(all) != 1 || !slices.Equal(all[0].Counts, skill.Counts) || all[0].Accuracy != skill.Accuracy ||
		all[0].Low != skill.Low || all[0].High != skill.High {
		w.Errorf("skills = %+v, %v", all, err)
	}
}

func same(a, b akhra.Consensus) bool {
	posterior := slices.Equal(a.Posterior, b.Posterior)
	return posterior && a.Task == b.Task && a.Item == b.Item && a.Class == b.Class && a.Tempered == b.Tempered && a.Tied == b.Tied &&
		a.Answers == b.Answers && a.Asked == b.Asked && a.State == b.State && a.Wants == b.Wants && a.Value == b.Value && a.Method == b.Method && a.Version == b.Version &&
		a.ModelVersion == b.ModelVersion && a.Seq == b.Seq
}

// consensus is the inferred truth of some tasks.
func (w *world) consensus(t akhra.Tenant, tasks ...akhra.TaskID) map[akhra.TaskID]akhra.Consensus {
	w.Helper()
	of := map[akhra.TaskID]akhra.Consensus{}
	w.must(w.Consensus(w.ctx(), t, tasks, func(c akhra.Consensus) error { of[c.Task] = c; return nil }))
	return of
}

// delivered: rows and votes speak of classes by their names, and a reader that
// has had enough stops the stream.
func delivered(w *world, t akhra.Tenant, said akhra.Annotation) {
	var rows []akhra.Row
	w.must(w.Rows(w.ctx(), t, func(r akhra.Row) error { rows = append(rows, r); return nil }))
	if len(rows) != 2 || rows[0].Class != "leaf" || rows[0].Posterior != 0.9 || rows[0].Source != "people and model" || rows[1].Class != "" || rows[1].State != akhra.TaskOpen {
		w.Errorf("rows = %+v", rows)
	}
	c := w.consensus(t, said.Task)[said.Task]
	c.Method, c.Answers, c.Asked = akhra.MethodGold, 0, 0
	w.must(w.PutConsensus(w.ctx(), t, []akhra.Consensus{c}))
	rows = nil
	w.must(w.Rows(w.ctx(), t, func(r akhra.Row) error { rows = append(rows, r); return nil }))
	if rows[0].Source != akhra.MethodGold || rows[0].Class != "leaf" {
		w.Errorf("a known answer is delivered as %+v", rows[0])
	}
	votes, err := w.VotesOf(w.ctx(), t, rows[0].Item)
	if err != nil || len(votes) != 1 || votes[0].ID != said.ID || votes[0].Class != "leaf" || votes[0].Annotator != "ASHA" {
		w.Errorf("votes = %+v, %v", votes, err)
	}
	enough := errors.New("enough")
	if err := w.Votes(w.ctx(), t, func(akhra.Vote) error { return enough }); !errors.Is(err, enough) {
		w.Errorf("the stream went on: %v", err)
	}
}

func models(w *world) {
	t, _ := w.project("Leaves")
	_, err := w.Model(w.ctx(), t)
	w.wantCode(akhra.NotFound, err, "a model before the first")
	_, _, err = w.Recipe(w.ctx(), t)
	w.wantCode(akhra.NotFound, err, "a recipe before the first")
	for want := int64(1); want <= 2; want++ {
		if got, err := w.PutRecipe(w.ctx(), t, "recipe"); err != nil || got != want {
			w.Errorf("recipe version %d, %v, want %d", got, err, want)
		}
	}
	item := akhra.ItemID(w.NewID())
	share := 0.75
	for version := int64(1); version <= 14; version++ {
		m := akhra.Model{Version: version, Head: []byte{0, 255, byte(version)}, Recipe: "recipe", LabelSet: 1, Temperature: 1.5, Taught: 1, Created: w.now()}
		p := akhra.Prediction{Item: item, Version: version, Probabilities: []float64{0.25, 0.75}, OutOfFold: true}
		w.must(w.SwapModel(w.ctx(), t, m, []akhra.Prediction{p}, &akhra.CurvePoint{Version: version, Answers: int(version), Estimated: &share}))
	}
	m, err := w.Model(w.ctx(), t)
	if err != nil || m.Version != 14 || !slices.Equal(m.Head, []byte{0, 255, 14}) || m.Temperature != 1.5 {
		w.Errorf("model = %+v, %v", m, err)
	}
	w.wantCode(akhra.Conflict, w.SwapModel(w.ctx(), t, akhra.Model{Version: 14, Head: []byte{1}}, nil, nil), "a version that there is")
	seen := 0
	w.must(w.OutOfFold(w.ctx(), t, 14, func(p akhra.Prediction) error {
		if seen++; p.Item != item || !slices.Equal(p.Probabilities, []float64{0.25, 0.75}) || !p.OutOfFold {
			w.Errorf("out of fold: %+v", p)
		}
		return nil
	}))
	curve, err := w.Curve(w.ctx(), t)
	if err != nil || seen != 1 || len(curve) != 14 || *curve[3].Estimated != share {
		w.Errorf("%d predictions, curve of %d points, %v", seen, len(curve), err)
	}
	blind := akhra.Blind{Item: item, Said: "a", Thought: "b", Version: 2, Seq: 9}
	w.must(w.PutBlind(w.ctx(), t, []akhra.Blind{blind, blind}))
	if all, err := w.Blinds(w.ctx(), t); err != nil || !slices.Equal(all, []akhra.Blind{blind}) {
		w.Errorf("blinds = %+v, %v", all, err)
	}
}
