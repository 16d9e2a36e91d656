package demo

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// crowdNames are what simulated annotators are called; more than these get a
// number.
var crowdNames = []string{"Asha", "Bina", "Chandan", "Deepa", "Esha", "Farid", "Gita", "Hari", "Indu", "Jyoti", "Kiran", "Lata"}

// How a simulated annotator works: leases like the page does and takes a
// human time for each picture.
const (
	crowdLease  = 8
	medianLook  = 2500 * time.Millisecond
	lookSpread  = 0.5 // sigma of the lognormal time per picture
	crowdRest   = 5 * time.Second
	unsureShare = 0.3 // of what she would get wrong she says "not sure"
)

// Crowd lets n annotators of different skill answer as people would, through
// the same queue and store, until ctx ends. The demo must be ready.
func (d *Demo) Crowd(ctx context.Context, n int) error {
	var all sync.WaitGroup
	for i := range n {
		user, err := d.annotator(ctx, i)
		if err != nil {
			return err
		}
		skill := 0.97 - 0.35*float64(i)/float64(max(n-1, 1))*float64(i%3+1)/3
		all.Go(func() {
			one := &annotator{demo: d, user: user, skill: skill, chance: rand.New(rand.NewPCG(uint64(i), 17))}
			one.work(ctx)
		})
	}
	all.Wait()
	return nil
}

func (d *Demo) annotator(ctx context.Context, i int) (akhra.UserID, error) {
	name := crowdNames[i%len(crowdNames)]
	if i >= len(crowdNames) {
		name = fmt.Sprintf("%s %d", name, i/len(crowdNames)+1)
	}
	login := fmt.Sprintf("crowd-%d", i+1)
	if known, err := d.DB.UserByLogin(ctx, login); err == nil {
		return known.ID, nil
	}
	user := akhra.User{ID: akhra.UserID(d.DB.NewID()), Org: d.tenant.Org, Name: name + " (simulated)", Login: login,
		Role: akhra.Annotator, Created: akhra.MillisOf(time.Now())}
	if err := d.DB.AddUser(ctx, user); err != nil {
		return "", fmt.Errorf("add a simulated annotator: %w", err)
	}
	return user.ID, nil
}

// annotator is one simulated person.
type annotator struct {
	demo   *Demo
	user   akhra.UserID
	skill  float64
	chance *rand.Rand
}

func (a *annotator) work(ctx context.Context) {
	for ctx.Err() == nil {
		leased, err := a.demo.Engine.Queue.Lease(ctx, a.demo.tenant, a.user, crowdLease)
		if err != nil || len(leased) == 0 {
			if err != nil && ctx.Err() == nil {
				a.demo.Log.Warn("a simulated annotator got no tasks", slog.Any("error", err))
			}
			sleep(ctx, crowdRest)
			continue
		}
		for _, one := range leased {
			look := time.Duration(float64(medianLook) * math.Exp(lookSpread*a.chance.NormFloat64()))
			if !sleep(ctx, look) {
				return
			}
			if err := a.answer(ctx, one, look); err != nil && ctx.Err() == nil {
				a.demo.Log.Warn("a simulated answer was not stored", slog.Any("error", err))
			}
		}
	}
}

func (a *annotator) answer(ctx context.Context, one akhra.Assignment, took time.Duration) error {
	item, err := a.demo.DB.Item(ctx, a.demo.tenant, one.Item)
	if err != nil {
		return fmt.Errorf("look at a picture: %w", err)
	}
	said := akhra.Annotation{ID: akhra.AnnotationID(a.demo.DB.NewID()), Assignment: one.ID, Task: one.Task, TookMillis: took.Milliseconds()}
	said.Answer, said.Class = a.say(a.demo.truth(item.Name))
	_, err = a.demo.DB.Submit(ctx, a.demo.tenant, a.user, []akhra.Annotation{said})
	return err
}

// say is right as often as her skill; where she errs she either knows it or
// names another class.
func (a *annotator) say(truth string) (akhra.Answer, akhra.ClassID) {
	classes := a.demo.classes
	at := -1
	for i, c := range classes {
		if c.Name == truth {
			at = i
		}
	}
	switch {
	case at < 0:
		return akhra.AnswerNotSure, ""
	case a.chance.Float64() < a.skill:
		return akhra.AnswerClass, classes[at].ID
	case a.chance.Float64() < unsureShare:
		return akhra.AnswerNotSure, ""
	}
	other := a.chance.IntN(len(classes) - 1)
	if other >= at {
		other++
	}
	return akhra.AnswerClass, classes[other].ID
}

// sleep waits, false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
