package truth

import "fmt"

// Auto picks by the shape of the answers and says in the result what and why
// (docs/adr/0009-auto.md):
//
//   - Where annotators cannot be told apart, the majority.
//   - Else backed-off Dawid-Skene by variational Bayes, which does not confirm
//     itself even with two answers per task.
//   - Where tasks and annotators have many answers each, hard tasks are told
//     from bad annotators as well: a task may be one that everybody guesses.
//   - A third of the say on a task with at least three answers stays with their
//     plain count, which names the class wherever the model itself is in doubt.
//
// Cost: one or two fits of about twice the cost of BackedOff.
type Auto struct{ Settings }

const (
	fewPerTask       = 3      // answers per task below which annotators are known by much work only, and a count is none
	fewPerAnnotator  = 10     // the work that makes an annotator known
	manyPerTask      = 4      // answers per task that show which tasks are hard
	workPerAnnotator = 50     // answers per annotator that are needed for it
	mostGuessed      = 1. / 3 // share of guessed tasks above which that is not believed
	countShare       = 1. / 3 // say of the plain count of the answers
)

// Fit fails when the settings do not match the votes.
func (a Auto) Fit(v *Votes) (*Result, error) {
	if err := a.check(v); err != nil {
		return nil, err
	}
	perTask, perAnnotator := v.perTask(), v.perAnnotator()
	if (perTask <= 1 || perTask < fewPerTask && perAnnotator < fewPerAnnotator) && a.alone() {
		r, err := Majority{}.Fit(v)
		r.Method, r.Reason = "majority", fmt.Sprintf("%.1f answers per task and %.0f per annotator are too few to tell the annotators apart", perTask, perAnnotator)
		return r, err
	}
	r, err := a.fit(v, perTask >= manyPerTask && perAnnotator >= workPerAnnotator)
	if err != nil {
		return nil, err
	}
	a.count(v, r)
	return r, nil
}

// alone tells that nothing is known but the answers.
func (s Settings) alone() bool { return s.Prior == nil && s.History == nil && s.Known == nil }

// fit runs the model, and anew without guessed tasks when they would be most.
func (a Auto) fit(v *Votes, guesses bool) (*Result, error) {
	e, err := newEM(a.Settings, v)
	if err != nil {
		return nil, err
	}
	g := &guessing{em: e}
	r := g.run(guesses)
	if guesses && g.share > mostGuessed {
		return a.fit(v, false)
	}
	r.Method = "bds by variational Bayes with the count"
	r.Reason = fmt.Sprintf("%.1f answers per task and %.0f per annotator tell the annotators apart", v.perTask(), v.perAnnotator())
	if guesses {
		r.Method += " and guessed tasks"
		r.Reason += fmt.Sprintf(", and that %.1f %% of the tasks are guessed", 100*g.share)
	}
	return r, nil
}

// count gives the shares of the answers their say in the posterior of each task
// that has enough for a count and whose class no prior or settled truth
// decides.
func (a Auto) count(v *Votes, r *Result) {
	for i := range v.tasks {
		answers, z := v.of(i), r.Row(i)
		if len(answers) < fewPerTask || a.known(i) >= 0 || a.Prior != nil && a.Prior[i] != nil {
			continue
		}
		for k := range z {
			z[k] *= 1 - countShare
		}
		for _, one := range answers {
			z[one.class] += countShare / float64(len(answers))
		}
	}
}

// perTask is the mean number of answers of the tasks that have any.
func (v *Votes) perTask() float64 { return float64(v.Len()) / float64(max(1, v.answered)) }

// perAnnotator is the mean number of answers of the annotators who gave any.
func (v *Votes) perAnnotator() float64 {
	seen, people := make([]bool, v.annotators), 0
	for _, a := range v.list {
		if !seen[a.annotator] {
			seen[a.annotator] = true
			people++
		}
	}
	return float64(v.Len()) / float64(max(1, people))
}
