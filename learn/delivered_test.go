package learn

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// planted is a pool in which the chance that the model is wrong falls with its
// margin.
func planted(n int, chance *rand.Rand) (pool []float64, all []Audited) {
	for range n {
		m := chance.Float64()
		pool = append(pool, m)
		all = append(all, Audited{Margin: m, ModelWrong: chance.Float64() < .5*(1-m)*(1-m), PeopleWrong: chance.Float64() < .01})
	}
	return pool, all
}

// deliveredError is the share wrong among all at a threshold.
func deliveredError(all []Audited, t float64) float64 {
	wrong := 0
	for _, a := range all {
		if a.Margin >= t && a.ModelWrong || a.Margin < t && a.PeopleWrong {
			wrong++
		}
	}
	return float64(wrong) / float64(len(all))
}

func TestCertifyDelivered_CoversPlantedErrors(t *testing.T) {
	t.Parallel()
	const draws, eps, delta, n = 2000, .05, .1, 300
	chance := rand.New(rand.NewPCG(8, 14))
	pool, all := planted(4000, chance)
	passed, broken, accepts := 0, 0, 0
	for range draws {
		audit := make([]Audited, 0, n)
		for _, i := range chance.Perm(len(all))[:n] {
			audit = append(audit, all[i])
		}
		if d := CertifyDelivered(pool, audit, eps, delta); d.Passed {
			passed++
			if deliveredError(all, d.Threshold) > eps {
				broken++
			}
			if d.Threshold < NothingAccepted {
				accepts++
			}
		}
	}
	share := float64(broken) / float64(passed)
	t.Logf("%d of %d certify, %d accept something, %.3f of them are wrong", passed, draws, accepts, share)
	if float64(passed) < .8*draws || accepts < passed/2 {
		t.Errorf("%d of %d certify, %d accept something", passed, draws, accepts)
	}
	if limit := delta + 2*math.Sqrt(delta*(1-delta)/float64(passed)); share > limit {
		t.Errorf("%.3f of the certificates are wrong, at most %.3f may be", share, limit)
	}
	if broken == 0 {
		t.Error("no certificate is ever wrong: the test could not notice one that is too bold")
	}
}

func TestCertifyDelivered_FailsWherePeopleMissTheTarget(t *testing.T) {
	t.Parallel()
	audit := make([]Audited, 300)
	for i := range 30 {
		audit[i].PeopleWrong = true
	}
	d := CertifyDelivered([]float64{.1, .9}, audit, .05, .1)
	if d.Passed || d.Threshold != NothingAccepted || d.Wrong != 30 || d.Bound < .1 {
		t.Errorf("people wrong 30 times of 300: %+v", d)
	}
}

func TestCertifyDelivered_WithoutAModelPeopleDecide(t *testing.T) {
	t.Parallel()
	audit := make([]Audited, 59)
	for i := range audit {
		audit[i] = Audited{Margin: -1, ModelWrong: true}
	}
	if d := CertifyDelivered(nil, audit, .05, .05); !d.Passed || d.Threshold != NothingAccepted || d.Wrong != 0 {
		t.Errorf("59 right of 59: %+v", d)
	}
}

func TestThresholdsFallAndAreMargins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pool := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 200).Draw(t, "pool")
		list := Thresholds(pool)
		if len(list) != steps+1 || list[0] != NothingAccepted {
			t.Fatalf("thresholds %v", list)
		}
		least := list[0]
		for _, v := range list {
			if v > least {
				t.Fatalf("thresholds rise: %v", list)
			}
			least = v
		}
		for _, v := range pool {
			if v < least {
				t.Fatalf("the laxest threshold %v leaves %v out", least, v)
			}
		}
	})
}

func TestForecastThresholdGuessesWhatTheAuditWillAllow(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 1))
	pool, all := planted(4000, chance)
	var explored []Explored
	for _, a := range all[:400] {
		explored = append(explored, Explored{a.Margin, a.ModelWrong, 1})
	}
	for _, c := range []struct {
		name     string
		boast    float64 // claimed share of the real chance to be wrong
		explored []Explored
		most     float64 // share wrong at the guessed threshold
	}{
		{"an honest claim alone", 1, nil, .06},
		{"an honest claim and what was seen", 1, explored, .06},
		{"a boast, corrected by what was seen", .3, explored, .08},
	} {
		var unasked []Unasked
		for _, m := range pool {
			unasked = append(unasked, Unasked{m, c.boast * .5 * (1 - m) * (1 - m)})
		}
		got := ForecastThreshold(unasked, c.explored, len(all), 300, .05, .1)
		if got > .95 || got < .2 || deliveredError(all, got) > c.most {
			t.Errorf("%s: threshold %v delivers %.3f wrong", c.name, got, deliveredError(all, got))
		}
	}
	if got := ForecastThreshold(nil, nil, 0, 300, .05, .1); got != NothingAccepted {
		t.Errorf("no model: %v", got)
	}
}

// TestCertificates_HoldWhereTheOrderOfAskingComesToAuditItems: items are asked
// where a model in one dimension hesitates, audit items among them but never
// learned from; of those it has not come to, the model decides some. The
// certificate must be wrong no more often than it may.
func TestCertificates_HoldWhereTheOrderOfAskingComesToAuditItems(t *testing.T) {
	t.Parallel()
	const runs, items, n, eps, delta = 600, 1500, 200, .04, .1
	chance := rand.New(rand.NewPCG(8, 26))
	passed, broken := 0, 0
	for range runs {
		w := newLine(chance, items, n)
		for range 8 {
			w.ask(30)
		}
		d := CertifyDelivered(w.audit(eps, delta))
		if d.Passed && d.Threshold < NothingAccepted {
			if passed++; w.wrongAt(d.Threshold) > eps {
				broken++
			}
		}
	}
	share := float64(broken) / float64(max(1, passed))
	t.Logf("%d of %d certificates let the model decide, %.3f of them are wrong", passed, runs, share)
	if passed < runs/2 {
		t.Errorf("only %d of %d certificates let the model decide: the test shows little", passed, runs)
	}
	if limit := delta + 2*math.Sqrt(delta*(1-delta)/float64(passed)); share > limit || broken == 0 {
		t.Errorf("%.3f of the certificates are wrong, at most %.3f may be, and none would be too good to be true", share, limit)
	}
}

// line is items along a line, of two classes with a blurred border, that a
// model divides at a point.
type line struct {
	at           []float64
	class        []int
	drawn, asked []bool
	border       float64 // of the model
}

func newLine(chance *rand.Rand, items, audit int) *line {
	w := &line{drawn: make([]bool, items), asked: make([]bool, items), border: chance.Float64() - .5}
	for i := range items {
		x := chance.NormFloat64()
		w.at, w.class = append(w.at, x), append(w.class, 0)
		if x+.25*chance.NormFloat64() > 0 {
			w.class[i] = 1
		}
	}
	for _, i := range chance.Perm(items)[:audit] {
		w.drawn[i] = true
	}
	return w
}

// margin is how far from the border an item lies.
func (w *line) margin(i int) float64 {
	return math.Abs(w.at[i]-w.border) / (1 + math.Abs(w.at[i]-w.border))
}

func (w *line) says(i int) int {
	if w.at[i] > w.border {
		return 1
	}
	return 0
}

// ask asks those nearest to the border and moves it to where the answers of
// items outside the audit are divided best.
func (w *line) ask(n int) {
	for range n {
		best := -1
		for i := range w.at {
			if !w.asked[i] && (best < 0 || w.margin(i) < w.margin(best)) {
				best = i
			}
		}
		w.asked[best] = true
	}
	least, at := math.Inf(1), w.border
	for try := -1.0; try <= 1; try += .02 {
		wrong := 0.0
		for i := range w.at {
			if w.asked[i] && !w.drawn[i] && (w.at[i] > try) != (w.class[i] == 1) {
				wrong++
			}
		}
		if wrong < least {
			least, at = wrong, try
		}
	}
	w.border = at
}

// audit is what CertifyDelivered asks for.
func (w *line) audit(eps, delta float64) (pool []float64, audit []Audited, e, d float64) {
	for i := range w.at {
		one := Audited{Margin: w.margin(i), ModelWrong: w.says(i) != w.class[i]}
		if w.asked[i] {
			one.Margin = -1
		} else {
			pool = append(pool, one.Margin)
		}
		if w.drawn[i] {
			audit = append(audit, one)
		}
	}
	return pool, audit, eps, delta
}

// wrongAt is the share wrong of all that is delivered at a threshold.
func (w *line) wrongAt(threshold float64) float64 {
	wrong := 0
	for i := range w.at {
		if !w.asked[i] && w.margin(i) >= threshold && w.says(i) != w.class[i] {
			wrong++
		}
	}
	return float64(wrong) / float64(len(w.at))
}
