package truth_test

import (
	"math"
	"testing"

	"akhra.dev/akhra/truth"
)

func TestTheIntervalOfAnAccuracyNarrowsWithAnswers(t *testing.T) {
	width := math.Inf(1)
	for _, n := range []int{5, 10, 100, 1000} {
		known, list := make([]int, n), make([]truth.Vote, n)
		for i := range list {
			list[i] = truth.Vote{Task: i, Class: i % 5 / 4}
		}
		r := fit(t, truth.BackedOff{Settings: truth.Settings{Known: known}}, votes(t, n, 1, 2, list))
		if !(0 <= r.Low[0] && r.Low[0] < r.Accuracy[0] && r.Accuracy[0] < r.High[0] && r.High[0] <= 1) || r.High[0]-r.Low[0] >= width {
			t.Errorf("%d answers: %.3f between %.3f and %.3f", n, r.Accuracy[0], r.Low[0], r.High[0])
		}
		width = r.High[0] - r.Low[0]
	}
	// Eight of ten right, begun with four of accuracy .8: Beta(11.2, 2.8), which has 5 % below .607788 and 5 % above .942345.
	list := make([]truth.Vote, 10)
	list[3], list[8] = truth.Vote{Class: 1}, truth.Vote{Class: 1}
	for i := range list {
		list[i].Task = i
	}
	r := fit(t, truth.DawidSkene{Settings: truth.Settings{Known: make([]int, 10)}}, votes(t, 10, 1, 2, list))
	if math.Abs(r.Low[0]-.607788) > 1e-6 || math.Abs(r.High[0]-.942345) > 1e-6 {
		t.Errorf("eight of ten right: between %.4f and %.4f", r.Low[0], r.High[0])
	}
}
