package truth

import (
	"fmt"
	"math"
)

// Crowdlab is a weighted vote of annotators and a model (H. W. Goh, U. Tkachenko
// and J. Mueller, "CROWDLAB: supervised learning to infer consensus labels and
// quality scores for data with multiple annotators", 2022), for one or two
// answers per task. An annotator weighs by how much she agrees with the others
// beyond always naming the commonest class, the model by how much it agrees with
// the majority beyond that. Cost: a few passes, and pairs of answers to the same
// task.
type Crowdlab struct {
	// Model holds a model's out-of-fold probabilities per task; nil rows have
	// none, and there people decide alone.
	Model [][]float64
}

// leastWeight keeps who agrees no better than by chance in the vote.
const leastWeight = 1e-6

// crowdlab is one fusion.
type crowdlab struct {
	model     [][]float64
	v         *Votes
	consensus []int     // of each task, -1 without answers
	base      float64   // error of always naming the commonest class
	agree     float64   // P: share of answers that are the consensus
	weight    []float64 // of annotators
	machine   float64   // of the model
}

// Fit fails when the model's rows are not those of the votes.
func (c Crowdlab) Fit(v *Votes) (*Result, error) {
	if len(c.Model) != v.tasks {
		return nil, fmt.Errorf("%d rows of a model for %d tasks", len(c.Model), v.tasks)
	}
	r, _ := Majority{}.Fit(v)
	f := &crowdlab{model: c.Model, v: v, consensus: make([]int, v.tasks), weight: make([]float64, v.annotators)}
	f.settle(r)
	f.weighPeople()
	f.weighModel()
	clear(r.ClassPrior)
	for i := range v.tasks {
		if len(v.of(i)) > 0 || f.model[i] != nil {
			f.fuse(v.of(i), f.model[i], r.Row(i))
		}
		for k, p := range r.Row(i) {
			r.ClassPrior[k] += p / float64(v.tasks)
		}
	}
	r.measure(v)
	return r, nil
}

// settle finds the consensus: the majority, among ties what the model holds
// more likely, and then the rarer class.
func (f *crowdlab) settle(r *Result) {
	common := make([]float64, f.v.classes)
	for i := range f.v.tasks {
		f.consensus[i] = -1
		for k, share := range r.Row(i) {
			if len(f.v.of(i)) == 0 {
				continue
			}
			if best := f.consensus[i]; best < 0 || f.before(i, k, best, share-r.Row(i)[best], r.ClassPrior) {
				f.consensus[i] = k
			}
		}
		if k := f.consensus[i]; k >= 0 && len(f.v.of(i)) > 1 {
			common[k]++
		}
	}
	most, all := 0.0, 0.0
	for _, n := range common {
		most, all = max(most, n), all+n
	}
	f.base = max(1-most/max(1, all), leastWeight)
}

// before tells whether a class goes before another on a task, with a lead of so
// much more of the answers.
func (f *crowdlab) before(task, class, other int, lead float64, common []float64) bool {
	if math.Abs(lead) > near {
		return lead > 0
	}
	if p := f.model[task]; p != nil && math.Abs(p[class]-p[other]) > near {
		return p[class] > p[other]
	}
	return common[class] < common[other]-near
}

// weighPeople takes P and the annotators' weights from tasks with several
// answers. Who shares none has the mean agreement of all.
func (f *crowdlab) weighPeople() {
	same, pairs := make([]float64, len(f.weight)), make([]float64, len(f.weight))
	tasks, allSame, allPairs := 0.0, 0.0, 0.0
	for i := range f.v.tasks {
		answers := f.v.of(i)
		if len(answers) < 2 {
			continue
		}
		counts := make([]float64, f.v.classes)
		for _, a := range answers {
			counts[a.class]++
		}
		others := float64(len(answers) - 1)
		for _, a := range answers {
			same[a.annotator] += counts[a.class] - 1
			pairs[a.annotator] += others
			allSame, allPairs = allSame+counts[a.class]-1, allPairs+others
		}
		f.agree += counts[f.consensus[i]] / float64(len(answers))
		tasks++
	}
	if f.agree /= max(1, tasks); tasks == 0 {
		f.agree, allSame, allPairs = f.believed(), 1, 1
	}
	for j := range f.weight {
		share := allSame / allPairs
		if pairs[j] > 0 {
			share = same[j] / pairs[j]
		}
		f.weight[j] = max(1-(1-share)/f.base, leastWeight)
	}
}

// believed is the mean probability that the model gives the answers, which
// stands for P where no task has two; half where there is no model either.
func (f *crowdlab) believed() float64 {
	sum, n := 0.5, 1.0
	for i, p := range f.model {
		for _, a := range f.v.of(i) {
			if p != nil {
				sum, n = sum+p[a.class], n+1
			}
		}
	}
	return sum / n
}

// weighModel takes the model's weight from its errors against the consensus of
// the same tasks.
func (f *crowdlab) weighModel() {
	wrong, tasks := 0.0, 0.0
	for i, p := range f.model {
		if p == nil || len(f.v.of(i)) < 2 {
			continue
		}
		tasks++
		if class, _ := Top(p); class != f.consensus[i] {
			wrong++
		}
	}
	f.machine = max(1-wrong/max(1, tasks)/f.base, leastWeight) * math.Sqrt(max(1, f.v.perTask()))
}

// fuse writes the posterior of a task: [w_M p_M + sum_j w_j (P if l = k, else
// (1-P)/(K-1))] / (w_M + sum_j w_j).
func (f *crowdlab) fuse(answers []said, model, z []float64) {
	clear(z)
	sum, spread := 0.0, (1-f.agree)/max(1, float64(len(z)-1))
	if model != nil {
		sum = f.machine
	}
	for k := range model {
		z[k] = f.machine * model[k]
	}
	for _, a := range answers {
		w := f.weight[a.annotator]
		sum += w
		for k := range z {
			if k == int(a.class) {
				z[k] += w * f.agree
			} else {
				z[k] += w * spread
			}
		}
	}
	total := 0.0
	for k := range z {
		z[k] /= sum
		total += z[k]
	}
	for k := range z {
		z[k] /= total // one class alone, or a model whose row is not quite 1
	}
}
