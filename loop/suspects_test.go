package loop

import (
	"slices"
	"testing"

	"akhra.dev/akhra"
)

// BenchmarkSuspects looks through 100,000 settled pictures of ten classes, one
// in twenty of them contradicted.
func BenchmarkSuspects(b *testing.B) {
	p := &project{classes: make([]akhra.ClassID, 10)}
	for i := range 100_000 {
		say := make([]float64, 10)
		said := i % 10
		if i%20 == 0 {
			said = (i + 1) % 10
		}
		for k := range say {
			say[k] = .01
		}
		say[said] = .91
		p.items = append(p.items, &item{task: "t", votes: []vote{{class: i % 10}}, truth: &posterior{class: i % 10, state: akhra.TaskDone}, say: say})
	}
	for b.Loop() {
		p.suspects(1000)
	}
}

// TestWhatMayBeWrong lists what is suspected and what is not, the likeliest
// to be wrong first.
func TestWhatMayBeWrong(t *testing.T) {
	t.Parallel()
	settled := func(class int) *posterior { return &posterior{class: class, state: akhra.TaskDone} }
	ann := []vote{{annotator: "ann"}}
	rows := []struct {
		rule  string
		place int // among the suspects, -1 for not
		item  item
	}{
		{"the model agrees", -1, item{truth: settled(0), say: []float64{.9, .1}, votes: ann}},
		{"it agrees on the other class", -1, item{truth: settled(1), say: []float64{.1, .9}, votes: ann}},
		{"it says another, surely", 0, item{truth: settled(0), say: []float64{.02, .98}, votes: ann}},
		{"it says another, less surely", 1, item{truth: settled(1), say: []float64{.8, .2}, votes: ann}},
		{"it says another, but is often unsure of that one", -1, item{truth: settled(0), say: []float64{.49, .51}, votes: ann}},
		{"an audit task", -1, item{truth: settled(0), say: []float64{.02, .98}, votes: ann, audit: true}},
		{"somebody decided it", -1, item{truth: &posterior{class: 0, state: akhra.TaskDone, decided: true}, say: []float64{.3, .7}, votes: ann}},
		{"still open", -1, item{truth: &posterior{class: 0, state: akhra.TaskOpen}, say: []float64{.02, .98}, votes: ann}},
		{"an answer came since", -1, item{truth: settled(0), say: []float64{.02, .98}, votes: ann, touched: true}},
		{"nobody was asked", -1, item{truth: settled(0), say: []float64{.02, .98}}},
		{"everybody was unsure", -1, item{truth: settled(0), say: []float64{.02, .98}, votes: []vote{{class: unsure}}}},
		{"the model has no say", -1, item{truth: settled(0), votes: ann}},
	}
	p := &project{classes: []akhra.ClassID{"a", "b"}}
	want := make([]string, 2)
	for _, row := range rows {
		it := row.item
		it.id, it.task = akhra.ItemID(row.rule), akhra.TaskID(row.rule)
		p.items = append(p.items, &it)
		if row.place >= 0 {
			want[row.place] = row.rule
		}
	}
	var got []string
	for _, s := range p.suspects(100) {
		got = append(got, string(s.Item))
	}
	if !slices.Equal(got, want) {
		t.Errorf("suspected are %q, want %q", got, want)
	}
	if few := p.suspects(1); len(few) != 1 || string(few[0].Item) != want[0] {
		t.Errorf("the first is %+v", few)
	}
}
