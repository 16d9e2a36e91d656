package truth

import (
	"math"
	"slices"
)

// GLAD gives each annotator an ability and each task an easiness (J. Whitehill
// and others, "Whose vote should count more", 2009): an answer is right with
// chance 1/(1+exp(-ability e^easiness)), and errors spread evenly over the
// other classes. Both are normal about 1 with variance 1; classes are equally
// common. Its labels are no better than those of Dawid-Skene; the easiness
// serves to order lessons and to set prices. Cost per iteration: a few passes
// over the answers, with two exponentials an answer in each.
type GLAD struct{ Settings }

// gladRounds is how many steps an M-step takes for abilities and easiness.
const gladRounds = 3

// glad is one fit.
type glad struct {
	Settings
	v                 *Votes
	k                 int
	z                 []float64 // posterior
	ability, easiness []float64 // per annotator, per task
	slope, bend       []float64 // scratch, per annotator
}

// Fit fails when the settings do not match the votes. Histories are not used.
func (g GLAD) Fit(v *Votes) (*Result, error) {
	if err := g.check(v); err != nil {
		return nil, err
	}
	f := &glad{Settings: g.Settings, v: v, k: v.classes, z: g.first(v),
		ability: slices.Repeat([]float64{1}, v.annotators), easiness: slices.Repeat([]float64{1}, v.tasks),
		slope: make([]float64, v.annotators), bend: make([]float64, v.annotators)}
	return f.run(), nil
}

func (f *glad) run() *Result {
	r := &Result{Tasks: f.v.tasks, Annotators: f.v.annotators, Classes: f.k, Posterior: f.z, Ability: f.ability, Easiness: f.easiness}
	for r.Iterations < f.rounds() && !r.Converged {
		for range gladRounds {
			f.learnAbility()
			f.learnEasiness()
		}
		moved, objective := f.expect()
		r.Objective = append(r.Objective, objective)
		r.Iterations++
		r.Converged = moved/float64(max(1, f.v.answered)) < tolerance
	}
	r.ClassPrior = slices.Repeat([]float64{1 / float64(f.k)}, f.k)
	r.measure(f.v)
	return r
}

// learnAbility takes one step towards the best abilities. The curvature is that
// of the bound of Jaakkola and Jordan (2000) to the logistic function, so that
// the expected log likelihood never falls.
func (f *glad) learnAbility() {
	clear(f.slope)
	clear(f.bend)
	for i, b := range f.easiness {
		e, z := math.Exp(b), f.z[i*f.k:(i+1)*f.k]
		for _, a := range f.v.of(i) {
			x := f.ability[a.annotator] * e
			s := logistic(x)
			f.slope[a.annotator] += (z[a.class] - s) * e
			f.bend[a.annotator] += bound(x, s) * e * e
		}
	}
	for j, a := range f.ability {
		f.ability[j] += (f.slope[j] - (a - 1)) / (f.bend[j] + 1)
	}
}

// learnEasiness takes one step towards the best easiness of each task, halved
// until the expected log likelihood does not fall.
func (f *glad) learnEasiness() {
	for i, b := range f.easiness {
		if len(f.v.of(i)) == 0 {
			continue
		}
		e, slope, bend := math.Exp(b), 1-b, 1.
		z := f.z[i*f.k : (i+1)*f.k]
		for _, a := range f.v.of(i) {
			x := f.ability[a.annotator] * e
			s := logistic(x)
			slope += (z[a.class] - s) * x
			bend += bound(x, s) * x * x
		}
		now, step := f.fit(i, b), min(max(slope/bend, -1), 1)
		for range 10 {
			if f.fit(i, b+step) >= now-near { // rounding must not decide
				f.easiness[i] = b + step
				break
			}
			step /= 2
		}
	}
}

// fit is the part of the expected log likelihood that depends on the easiness
// of a task.
func (f *glad) fit(task int, easiness float64) float64 {
	e, sum := math.Exp(easiness), -(easiness-1)*(easiness-1)/2
	z := f.z[task*f.k : (task+1)*f.k]
	for _, a := range f.v.of(task) {
		x := f.ability[a.annotator] * e
		sum += z[a.class]*x - softplus(x)
	}
	return sum
}

// expect is the E-step. It returns how far the posteriors moved, and the log
// posterior of abilities and easiness.
func (f *glad) expect() (moved, objective float64) {
	row, spread := make([]float64, f.k), math.Log(max(1, float64(f.k-1)))
	for _, a := range f.ability {
		objective -= (a - 1) * (a - 1) / 2
	}
	for i, b := range f.easiness {
		objective -= (b - 1) * (b - 1) / 2
		f.begin(i, row)
		e, base := math.Exp(b), 0.0
		for _, a := range f.v.of(i) {
			x := f.ability[a.annotator] * e
			base -= softplus(x) + spread
			row[a.class] += x + spread
		}
		z := f.z[i*f.k : (i+1)*f.k]
		if len(f.v.of(i)) > 0 {
			objective += base
		}
		objective += settle(row, f.known(i))
		for k, p := range row {
			moved += math.Abs(p - z[k])
			z[k] = p
		}
	}
	return moved, objective
}

// begin writes the logarithms of what a task's classes weigh before its
// answers.
func (f *glad) begin(task int, row []float64) {
	for k := range row {
		row[k] = -math.Log(float64(f.k))
		if f.Prior != nil && f.Prior[task] != nil {
			row[k] = math.Log(max(f.Prior[task][k], 1e-12))
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// softplus is log(1 + e^x).
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// bound is tanh(x/2)/(2x), where s is the logistic of x.
func bound(x, s float64) float64 {
	if math.Abs(x) < 1e-4 {
		return .25
	}
	return (s - .5) / x
}
