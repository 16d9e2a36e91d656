package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"akhra.dev/akhra/history"
)

// crowd is everybody, shared out among connections.
type crowd struct {
	target  Target
	plan    Plan
	history *history.History
	start   time.Time // of the measured time

	mu    sync.Mutex
	first string // what the first failed request read
}

// desk is one connection and the people who share it; its counts are its own
// until the end.
type desk struct {
	crowd  *crowd
	chance *rand.Rand
	line   *line // nil before the first request and after a fault
	due    agenda
	seen   times
}

// desks shares people and managers out.
func (c *crowd) desks() []*desk {
	all := make([]*desk, c.plan.Connections)
	for i := range all {
		all[i] = &desk{crowd: c, chance: rand.New(rand.NewPCG(c.plan.Seed, uint64(i)))}
	}
	away := c.absences()
	for i, who := range c.target.People {
		d := all[i%len(all)]
		d.due.add(event{what: answering, who: &worker{Person: who, away: away[i]}})
	}
	for i := range len(c.target.People)/perManager + 1 {
		d := all[i%len(all)]
		d.due.add(event{what: looking, project: i % len(c.target.Projects)})
	}
	return all
}

// each lets every desk work at the same time until all are done.
func each(desks []*desk, do func(*desk)) {
	var all sync.WaitGroup
	for _, d := range desks {
		all.Go(func() { do(d) })
	}
	all.Wait()
}

// begin gives everybody tasks, some more, some fewer, so that they do not all
// come for the next at once, and sets when each first answers.
func (d *desk) begin(ctx context.Context) {
	for i := range d.due {
		e := &d.due[i]
		if e.what == looking {
			e.at = time.Duration(d.chance.Float64() * float64(lookEvery))
			continue
		}
		e.at = time.Duration(d.chance.Float64() * float64(d.think()))
		for tries := 0; len(e.who.tasks) == 0 && tries < 3 && ctx.Err() == nil; tries++ {
			d.complain(ctx, d.lease(ctx, e.who, leaseAhead+1+d.chance.IntN(leaseSize)))
		}
	}
	d.due.settle()
	d.seen = times{}
}

// work does what falls due until the time is over.
func (d *desk) work(ctx context.Context) {
	for len(d.due) > 0 && ctx.Err() == nil {
		e := d.due.next()
		if e.at > d.crowd.plan.Length {
			continue
		}
		if !sleepUntil(ctx, d.crowd.start.Add(e.at)) {
			return
		}
		d.do(ctx, e)
	}
}

// ask sends JSON as somebody and reads JSON.
func (d *desk) ask(ctx context.Context, method, path, cookie string, in, out any) (err error) {
	var text []byte
	if in != nil {
		if text, err = json.Marshal(in); err != nil {
			return err
		}
	}
	if d.line == nil {
		if d.line, err = dial(ctx, d.crowd.target.Base); err != nil {
			return err
		}
	}
	status, body, err := d.line.ask(method, path, cookie, text)
	if err != nil {
		d.line.close()
		d.line = nil
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s: %d %s", path, status, body)
	}
	return json.Unmarshal(body, out)
}

// complain counts a failure and keeps the first.
func (d *desk) complain(ctx context.Context, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	d.seen.failed++
	d.crowd.mu.Lock()
	defer d.crowd.mu.Unlock()
	if d.crowd.first == "" {
		d.crowd.first = err.Error()
	}
}

// sleepUntil waits for a moment, false when ctx ended first.
func sleepUntil(ctx context.Context, at time.Time) bool {
	wait := time.Until(at)
	if wait <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
