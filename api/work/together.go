package work

import (
	"context"
	"fmt"
	"slices"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/truth"
)

// How long figures are kept at least; those that took long to count are kept
// longer.
const (
	togetherRest = 5 * time.Second
	partRest     = time.Minute
	hadSayOver   = 500 // last answers of a person: older ones are seldom open
	restPerCount = 20
)

// together is what all answers of a project tell of its people.
type together struct {
	place     map[akhra.UserID]int // in agreement
	agreement truth.Agreement
	quarters  map[akhra.UserID]int
	pace      akhra.Millis
	known     KnownView
}

// together counts what people did together; it reads every answer.
func (a *room) together(ctx context.Context, t akhra.Tenant, p door.KnownProject) (*together, error) {
	return a.whole.get(t, func() (*together, error) {
		out := &together{place: map[akhra.UserID]int{}}
		gold := map[akhra.ItemID]akhra.ClassID{}
		if err := a.DB.Gold(ctx, t, func(g akhra.Gold) error { gold[g.Item] = g.Class; return nil }); err != nil {
			return nil, fmt.Errorf("read known answers: %w", err)
		}
		c := counting{together: out, gold: gold, labels: p.Labels, classes: map[akhra.ClassID]int{}, tasks: map[akhra.TaskID]int{}}
		for i, class := range p.Labels.Live() {
			c.classes[class] = i
		}
		if err := a.DB.Standing(ctx, t, c.add); err != nil {
			return nil, fmt.Errorf("read every answer: %w", err)
		}
		votes, err := truth.NewVotes(len(c.tasks), len(out.place), len(c.classes), c.votes)
		if err != nil {
			return nil, err
		}
		out.agreement = truth.Agree(votes)
		if len(c.took) > 0 {
			slices.Sort(c.took)
			out.pace = c.took[len(c.took)/2]
		}
		if out.quarters, err = a.DB.Quarters(ctx, t); err != nil {
			return nil, fmt.Errorf("count hours: %w", err)
		}
		return out, nil
	})
}

// counting takes in one answer after the other.
type counting struct {
	*together
	labels  akhra.LabelSet
	gold    map[akhra.ItemID]akhra.ClassID
	classes map[akhra.ClassID]int
	tasks   map[akhra.TaskID]int
	votes   []truth.Vote
	took    []akhra.Millis
}

func (c *counting) add(said akhra.Annotation) error {
	if said.Answer != akhra.AnswerClass && said.Answer != akhra.AnswerNotSure {
		return nil
	}
	if said.TookMillis > 0 {
		c.took = append(c.took, akhra.Millis(said.TookMillis))
	}
	if said.Answer != akhra.AnswerClass {
		return nil
	}
	heir := c.labels.Heir(said.Class)
	if known := c.gold[said.Item]; known != "" && heir != "" {
		c.known.Of++
		if c.labels.Heir(known) == heir {
			c.known.Right++
		}
	}
	class, live := c.classes[heir]
	if !live {
		return nil
	}
	c.votes = append(c.votes, truth.Vote{Task: place(c.tasks, said.Task), Annotator: place(c.place, said.Annotator), Class: class})
	return nil
}

// place numbers what is met for the first time.
func place[K comparable](of map[K]int, key K) int {
	at, met := of[key]
	if !met {
		at = len(of)
		of[key] = at
	}
	return at
}

// agreementOf is how far one annotator says the same as others.
func (g *together) agreementOf(who akhra.UserID) AgreementView {
	at, met := g.place[who]
	if !met {
		return AgreementView{}
	}
	return AgreementView{Same: tenth(g.agreement.Same[at]), Of: g.agreement.Of[at]}
}
