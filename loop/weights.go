package loop

import (
	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// weights are the says of people and model in what to ask (ActiveLab).
type weights = learn.Weights[akhra.UserID]

func strangers() weights { return learn.Strangers[akhra.UserID]() }

// votesOf is the say of those who answered a picture.
func (p *project) votesOf(it *item) (sum float64) {
	for _, v := range it.votes {
		sum += p.weights.Of(v.annotator)
	}
	return sum
}

// weigh works the weights out anew. Cost: one pass over all answers.
func (p *project) weigh() {
	var list []learn.Answered[akhra.UserID]
	for _, it := range p.items {
		class, _ := it.target(len(p.classes), p.settings.Cap)
		if class < 0 || !it.teaches() {
			continue
		}
		model, _, _, _ := learn.Top(it.say)
		a := learn.Answered[akhra.UserID]{Class: class, Model: model}
		for _, v := range it.votes {
			if !v.seen { // agreeing with the model says little of people and model
				a.By, a.Said = append(a.By, v.annotator), append(a.Said, v.class)
			}
		}
		list = append(list, a)
	}
	p.weights = learn.Weigh(list, len(p.classes), p.settings.Pooled)
}

// said are the classes of the votes, unsure for none.
func (it *item) said() []int {
	said := make([]int, len(it.votes))
	for i, v := range it.votes {
		said[i] = v.class
	}
	return said
}
