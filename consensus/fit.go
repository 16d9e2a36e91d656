package consensus

import (
	"math"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// When a project without a new model is fitted again.
const (
	leastGrowth = 20
	growth      = 0.1
)

// grown tells whether enough new answers have come since the last fit.
func (p *project) grown() bool {
	return float64(p.fresh) >= max(leastGrowth, growth*float64(p.fitted))
}

// When a fit may be believed (truth.md 5).
const (
	enoughPerTask   = 3  // answers per task at which the crowd may speak for itself
	enoughPerPerson = 10 // answers per annotator before a posterior may end the asking
)

// fitted is what a fit over all answers found.
type fitted struct {
	result    *truth.Result
	answers   []int // per person
	collapsed bool
}

// fit estimates annotators and truth together, and takes them as the judges of
// every task. With a model its out-of-fold say is the prior of each task, and
// matrices are backed off; so they are where tasks have enough answers.
// Elsewhere the absolute prior of Dawid-Skene keeps few answers from
// confirming themselves, and it always judges whether to stop (truth.md 5).
func (p *project) fit() (fitted, error) {
	list, settings, asked := p.data()
	votes, err := truth.NewVotes(len(p.tasks), len(p.people), len(p.classes), list)
	if err != nil {
		return fitted{}, err
	}
	experienced := len(list) >= enoughPerPerson*len(p.people)
	j, r, err := p.judgesOf(votes, settings, experienced && len(list) >= enoughPerTask*asked)
	if err != nil {
		return fitted{}, err
	}
	f := fitted{result: r, answers: make([]int, len(p.people))}
	for _, v := range list {
		f.answers[v.Annotator]++
	}
	if f.collapsed = p.collapsed(r, list); f.collapsed {
		if r, err = (truth.Majority{}).Fit(votes); err != nil {
			return fitted{}, err
		}
		o := truth.NewOnline(r)
		j = judges{labels: o, stop: o, method: methodMajority}
	}
	j.experienced = experienced
	p.judges, p.fresh, p.fitted, p.due, p.all = j, 0, p.named, false, true
	return f, nil
}

// judgesOf fits the annotators. many tells that there are enough answers for the
// crowd to speak for itself.
func (p *project) judgesOf(v *truth.Votes, s truth.Settings, many bool) (judges, *truth.Result, error) {
	if s.Prior != nil {
		r, err := truth.BackedOff{Settings: s}.Fit(v)
		if err != nil {
			return judges{}, nil, err
		}
		o := truth.NewOnline(r)
		return judges{labels: o, stop: o, method: methodModel}, r, nil
	}
	r, err := truth.DawidSkene{Settings: s}.Fit(v)
	if err != nil {
		return judges{}, nil, err
	}
	j := judges{stop: truth.NewOnline(r), method: methodFew}
	if j.labels = j.stop; !many {
		return j, r, nil
	}
	if r, err = (truth.BackedOff{Settings: s}).Fit(v); err != nil {
		return judges{}, nil, err
	}
	j.labels, j.method = truth.NewOnline(r), methodPeople
	return j, r, nil
}

// data collects what a fit reads, and counts the tasks with answers.
func (p *project) data() (list []truth.Vote, s truth.Settings, asked int) {
	s.ClassCount = max(0.1*float64(len(p.tasks)), 1) / float64(len(p.classes))
	list = make([]truth.Vote, 0, p.named)
	priors, withModel := make([][]float64, len(p.tasks)), false
	for i := range p.tasks {
		before := len(list)
		if list = p.said(list, i); len(list) > before {
			asked++
		}
		priors[i] = p.tasks[i].prior
		withModel = withModel || priors[i] != nil
	}
	if withModel {
		s.Prior = priors
	}
	return list, s, asked
}

// collapsed tells whether nearly all posteriors fall in one class that far
// fewer answers name.
func (p *project) collapsed(r *truth.Result, list []truth.Vote) bool {
	chosen, said, asked := make([]float64, r.Classes), make([]float64, r.Classes), 0.0
	for i, v := range list {
		said[v.Class] += 1 / float64(len(list))
		if i == 0 || list[i-1].Task != v.Task {
			k, _ := r.Best(v.Task)
			chosen[k]++
			asked++
		}
	}
	for k := range chosen {
		if chosen[k] > .95*asked && said[k] < .9 {
			return true
		}
	}
	return false
}

// changedSkills lists what is newly known of the annotators. A collapse teaches
// nothing about them.
func (p *project) changedSkills(f fitted) (skills []akhra.Skill) {
	if p.settings.Pooled || f.collapsed {
		return nil
	}
	size := len(p.classes) * len(p.classes)
	for j := range p.people {
		one, accuracy := &p.people[j], f.result.Accuracy[j]
		if one.answers == f.answers[j] && math.Abs(one.accuracy-accuracy) < noticed {
			continue
		}
		one.answers, one.accuracy = f.answers[j], accuracy
		skills = append(skills, akhra.Skill{Annotator: one.id, Counts: f.result.Counts[j*size : (j+1)*size], Accuracy: accuracy, Answers: one.answers})
	}
	return skills
}
