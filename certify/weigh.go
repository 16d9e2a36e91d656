package certify

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// state is a project at one moment, for weighing its newest promise.
type state struct {
	promise akhra.Promise
	classes []akhra.ClassID
	items   []entry // of the population
	version int64   // of the model
	answers int     // named or not, to pictures of the project
}

// entry is one picture of the population.
type entry struct {
	item    akhra.ItemID
	task    akhra.TaskID
	audit   bool
	random  bool // asked by chance alone
	picked  bool // the order of asking came to it: people decide
	asked   int
	open    bool // more answers are wanted
	review  bool // somebody must decide
	removed bool // the picture is not in the project any more
	class   akhra.ClassID
	say     []float64 // the model's, nil for none
}

// margin is the lead of the model's likeliest class, below 0 without a say.
func (e *entry) margin() float64 {
	if e.say == nil {
		return -1
	}
	return learn.Margin(e.say)
}

// thinks is the class the model names.
func (s *state) thinks(e *entry) akhra.ClassID {
	if k, _ := (&akhra.Prediction{Probabilities: e.say}).Top(); k >= 0 && k < len(s.classes) {
		return s.classes[k]
	}
	return ""
}

// state reads what weighing a promise needs.
func (r *Room) state(ctx context.Context, t akhra.Tenant, p akhra.Promise, labels akhra.LabelSet) (*state, error) {
	s := &state{promise: p, classes: labels.Live()}
	at, byItem := map[akhra.TaskID]int{}, map[akhra.ItemID]int{}
	place := int64(0)
	item := akhra.ItemID("")
	err := r.store.Tasks(ctx, t, func(one akhra.Task) error {
		if one.Item != item {
			place++
		}
		if item = one.Item; place <= p.First || place > p.Last {
			return nil
		}
		i, again := byItem[one.Item]
		if !again {
			i = len(s.items)
			s.items = append(s.items, entry{item: one.Item})
		}
		delete(at, s.items[i].task) // an earlier round is history
		s.items[i].task, s.items[i].audit, s.items[i].open, s.items[i].removed = one.ID, one.Purpose == akhra.ForAudit, true, one.Removed
		at[one.ID], byItem[one.Item] = i, i
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read tasks: %w", err)
	}
	err = r.store.AllConsensus(ctx, t, func(c akhra.Consensus) error {
		s.answers += c.Asked
		if i, ok := at[c.Task]; ok {
			e := &s.items[i]
			e.asked, e.class = c.Asked, c.Class
			e.open, e.review = c.State == akhra.TaskOpen, c.State == akhra.TaskReview
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read posteriors: %w", err)
	}
	err = r.model.Predictions(ctx, t, func(q akhra.Prediction) {
		if i, ok := byItem[q.Item]; ok && len(q.Probabilities) == len(s.classes) {
			s.items[i].say = q.Probabilities
		}
		s.version = q.Version
	})
	if err != nil {
		return nil, fmt.Errorf("ask the model: %w", err)
	}
	err = r.store.Asked(ctx, t, func(item akhra.ItemID, why akhra.Why) error {
		if i, ok := byItem[item]; ok {
			e := &s.items[i]
			e.picked, e.random = e.picked || why.Picked(), e.random || why == akhra.WhyRandom
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read why pictures were asked: %w", err)
	}
	// A removed picture is of nobody's concern, except an audit picture that is
	// settled: whoever could take those out could bend the proof.
	s.items = slices.DeleteFunc(s.items, func(e entry) bool { return e.removed && !(e.audit && !e.open && !e.review) })
	return s, nil
}

// unasked are the pictures that the order of asking has not come to: of those
// the model may decide some.
func (s *state) unasked() (list []learn.Unasked) {
	for i := range s.items {
		if e := &s.items[i]; e.say != nil && !e.picked {
			_, p := (&akhra.Prediction{Probabilities: e.say}).Top()
			list = append(list, learn.Unasked{Margin: e.margin(), Wrong: 1 - p})
		}
	}
	return list
}

// left counts what of the population is undone.
type left struct {
	audit  int // audit pictures that want answers
	review int // that wait for somebody who decides
	others int // other pictures that want answers
}

func (s *state) left() (l left) {
	for i := range s.items {
		switch e := &s.items[i]; {
		case e.audit && e.open:
			l.audit++
		case e.audit && e.review:
			l.review++
		case !e.audit && e.open:
			l.others++
		}
	}
	return l
}

// weigh looks at the audit when that is due and its answers are complete, and
// has it completed first when they are not.
func (r *Room) weigh(ctx context.Context, t akhra.Tenant, w *watch, p akhra.Promise, labels akhra.LabelSet) (bool, error) {
	s, err := r.state(ctx, t, p, labels)
	if err != nil {
		return false, err
	}
	left := s.left()
	w.outlook = s.outlook(left)
	due := w.course.due(s.version, w.outlook) || left.others == 0 || p.State == akhra.PromiseDue
	switch {
	case !due:
		return false, nil
	case left.audit+left.review == 0:
		w.course = course{}
		return true, r.look(ctx, t, s)
	case p.State == akhra.PromiseDue:
		return false, nil
	}
	p.State = akhra.PromiseDue
	if err := r.store.DrawAudit(ctx, t, []akhra.Promise{p}, nil, nil); err != nil {
		return false, fmt.Errorf("ask the audit first: %w", err)
	}
	return true, nil
}
