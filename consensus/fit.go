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

// fitted is what a fit over all answers found.
type fitted struct {
	result    *truth.Result
	answers   []int // per person
	collapsed bool
}

// fit estimates annotators and truth together, and with them judges every
// task anew. With a model its out-of-fold say is the prior of each task, and
// matrices are backed off; without one the absolute prior of Dawid-Skene keeps
// few answers from confirming themselves (truth.md 5).
func (p *project) fit() (fitted, error) {
	list, priors, withModel := p.data()
	votes, err := truth.NewVotes(len(p.tasks), len(p.people), len(p.classes), list)
	if err != nil {
		return fitted{}, err
	}
	s := truth.Settings{ClassCount: max(0.1*float64(len(p.tasks)), 1) / float64(len(p.classes))}
	var r *truth.Result
	if withModel {
		s.Prior = priors
		r, err = truth.BackedOff{Settings: s}.Fit(votes)
	} else {
		r, err = truth.DawidSkene{Settings: s}.Fit(votes)
	}
	if err != nil {
		return fitted{}, err
	}
	f := fitted{result: r, answers: make([]int, len(p.people))}
	for _, v := range list {
		f.answers[v.Annotator]++
	}
	if f.collapsed = collapsed(r, list); f.collapsed {
		r, err = truth.Majority{}.Fit(votes)
		if err != nil {
			return fitted{}, err
		}
	}
	p.online, p.fresh, p.fitted, p.due = truth.NewOnline(r), 0, len(list), false
	for i := range p.tasks {
		p.judge(i)
	}
	return f, nil
}

func (p *project) data() (list []truth.Vote, priors [][]float64, withModel bool) {
	priors = make([][]float64, len(p.tasks))
	for i := range p.tasks {
		one := &p.tasks[i]
		list = append(list, one.named(i)...)
		priors[i] = one.prior
		withModel = withModel || one.prior != nil
	}
	return list, priors, withModel
}

// collapsed tells whether nearly all posteriors fall in one class that far
// fewer answers name.
func collapsed(r *truth.Result, list []truth.Vote) bool {
	chosen, said, asked := make([]float64, r.Classes), make([]float64, r.Classes), map[int]bool{}
	for _, v := range list {
		said[v.Class] += 1 / float64(len(list))
		asked[v.Task] = true
	}
	for i := range asked {
		k, _ := r.Best(i)
		chosen[k] += 1 / float64(len(asked))
	}
	for k := range chosen {
		if chosen[k] > .95 && said[k] < .9 {
			return true
		}
	}
	return false
}

// changedSkills lists what is newly known of the annotators.
func (p *project) changedSkills(f fitted) (skills []akhra.Skill) {
	if p.settings.Pooled {
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
