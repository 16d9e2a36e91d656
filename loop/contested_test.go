package loop

import (
	"fmt"
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// TestWhatASecondPersonDecides lists what is contested and what is not, most
// pressing first.
func TestWhatASecondPersonDecides(t *testing.T) {
	t.Parallel()
	settled := func(a, b float64) *posterior { return &posterior{z: []float64{a, b}, state: akhra.TaskDone} }
	capped := func(a, b float64) *posterior { return &posterior{z: []float64{a, b}, state: akhra.TaskReview} }
	says := func(who akhra.UserID, class int) vote { return vote{annotator: who, class: class} }
	rows := []struct {
		rule  string
		place int // among the contested, -1 for not
		item  item
	}{
		{"people agree", -1, item{truth: settled(.99, .01), say: []float64{.9, .1}}},
		{"nobody was asked", -1, item{truth: settled(1, 0), say: []float64{.01, .99}, votes: []vote{}}},
		{"still open", -1, item{truth: &posterior{z: []float64{.5, .5}, state: akhra.TaskOpen}}},
		{"an answer came since", -1, item{truth: capped(.5, .5), touched: true}},
		{"somebody decided it", -1, item{truth: &posterior{z: []float64{1, 0}, state: akhra.TaskDone, decided: true}, say: []float64{.01, .99}}},
		{"at the cap, fairly sure", 1, item{truth: capped(.8, .2)}},
		{"at the cap, torn", 0, item{truth: capped(.5, .5)}},
		{"the model objects strongly", 2, item{truth: settled(.99, .01), say: []float64{.02, .98}}},
		{"the model objects weakly", -1, item{truth: settled(.99, .01), say: []float64{.2, .8}}},
		{"the model objects on an audit task", -1, item{truth: settled(.99, .01), say: []float64{.02, .98}, audit: true}},
		{"a skilled person says another", 4, item{truth: settled(.99, .01), votes: []vote{says("ann", 0), says("expert", 1)}}},
		{"somebody else says another", -1, item{truth: settled(.99, .01), votes: []vote{says("ann", 0), says("bo", 1)}}},
		{"a skilled person is not sure", -1, item{truth: settled(.99, .01), votes: []vote{says("ann", 0), says("expert", unsure)}}},
		{"barely ahead", 3, item{truth: settled(.52, .48)}},
	}
	p := &project{}
	want := make([]string, 5)
	for i, row := range rows {
		it := row.item
		it.id, it.task = akhra.ItemID(row.rule), akhra.TaskID(fmt.Sprintf("%02d", i))
		if it.votes == nil {
			it.votes = []vote{says("ann", 0)}
		}
		p.items = append(p.items, &it)
		if row.place >= 0 {
			want[row.place] = row.rule
		}
	}
	skills := []akhra.Skill{{Annotator: "expert", Accuracy: .95, Low: .9}, {Annotator: "bo", Accuracy: .9, Low: .5}}
	var got []string
	for _, s := range p.contested(100, skills) {
		got = append(got, string(s.Item))
	}
	if !slices.Equal(got, want) {
		t.Errorf("contested are %q, want %q", got, want)
	}
	if few := p.contested(2, skills); len(few) != 2 || string(few[0].Item) != want[0] {
		t.Errorf("the first two are %+v", few)
	}
}

// BenchmarkContested looks through 100,000 settled pictures, one in twenty of
// them contested.
func BenchmarkContested(b *testing.B) {
	p := &project{}
	for i := range 100_000 {
		sure := .9 + .099*float64(i%97)/97
		it := &item{id: akhra.ItemID(fmt.Sprint(i)), task: akhra.TaskID(fmt.Sprint(i)), votes: []vote{{annotator: "ann"}, {annotator: "cy"}},
			truth: &posterior{z: []float64{.99, .01}, state: akhra.TaskDone}, say: []float64{sure, 1 - sure}}
		if i%20 == 0 {
			it.say = []float64{1 - sure, sure}
		}
		p.items = append(p.items, it)
	}
	skills := []akhra.Skill{{Annotator: "bo", Low: .9}}
	for b.Loop() {
		p.contested(1000, skills)
	}
}
