package truth

// Majority counts answers: the posterior of a task is the share of its answers
// per class, so that ties are shared. Cost: one pass.
type Majority struct{}

// Fit never fails.
func (Majority) Fit(v *Votes) (*Result, error) {
	r := &Result{Tasks: v.tasks, Annotators: v.annotators, Classes: v.classes, Posterior: shares(v), Iterations: 1, Converged: true}
	r.ClassPrior = make([]float64, v.classes)
	for i := range v.tasks {
		for k, z := range r.Row(i) {
			r.ClassPrior[k] += z / float64(v.tasks)
		}
	}
	return r, nil
}

// shares is the soft majority; a task without answers has the same share for
// every class.
func shares(v *Votes) []float64 {
	z := make([]float64, v.tasks*v.classes)
	for i := range v.tasks {
		row, answers := z[i*v.classes:(i+1)*v.classes], v.of(i)
		for _, a := range answers {
			row[a.class] += 1 / float64(len(answers))
		}
		if len(answers) == 0 {
			for k := range row {
				row[k] = 1 / float64(v.classes)
			}
		}
	}
	return z
}
