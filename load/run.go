package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/history"
)

// settleTime is how long a server may rest between the first leases and the
// measured time.
const settleTime = 2 * time.Second

// Run lets a target's people answer for the plan's length and takes account of
// what is stored in the end. It fails when nothing was stored or the account
// cannot be taken; what was lost or stored twice is in the result.
func Run(ctx context.Context, target Target, plan Plan) (Result, error) {
	c := &crowd{target: target, plan: plan, history: history.New()}
	listening, stop := context.WithCancel(ctx)
	defer stop()
	if err := c.listen(listening); err != nil {
		return Result{}, err
	}
	desks := c.desks()
	defer each(desks, (*desk).leave)
	c.start = time.Now()
	each(desks, func(d *desk) { d.begin(ctx) })
	if !sleepUntil(ctx, time.Now().Add(settleTime)) {
		return Result{}, ctx.Err()
	}
	c.start = time.Now()
	busy := c.busy()
	each(desks, func(d *desk) { d.work(ctx) })
	r := c.sum(desks, time.Since(c.start))
	if r.Answers > 0 {
		r.CPU = float64(c.busy()-busy) / float64(time.Millisecond) / float64(r.Answers)
	}
	if err := c.finish(ctx, &r); err != nil {
		return r, err
	}
	if r.Answers == 0 {
		return r, akhra.Errorf(akhra.Unavailable, "No answer was stored: %s", c.first)
	}
	return r, nil
}

// finish looks at what the server still has to do and at what it has stored.
func (c *crowd) finish(ctx context.Context, r *Result) (err error) {
	if c.target.Memory != nil {
		r.MemoryMB = float64(c.target.Memory()) / 1e6
	}
	if c.target.Lag != nil {
		if r.Lag, err = c.target.Lag(ctx); err != nil {
			return err
		}
	}
	account, err := c.account(ctx)
	if err != nil {
		return fmt.Errorf("take account of what is stored: %w", err)
	}
	r.Lost, r.Twice = len(account.Lost), len(account.Twice)
	for _, list := range [][]string{account.Lost, account.Twice} {
		r.Wrong = append(r.Wrong, list[:min(len(list), wrongShown)]...)
	}
	return nil
}

const wrongShown = 5

func (c *crowd) sum(desks []*desk, took time.Duration) Result {
	var all times
	for _, d := range desks {
		all.add(d.seen)
	}
	r := Result{People: len(c.target.People), Connections: len(desks), Listeners: c.plan.Listeners, Cores: runtime.GOMAXPROCS(0),
		Due: c.plan.Rate, Seconds: took.Seconds(), Answers: all.stored, PerSecond: float64(all.stored) / took.Seconds(), Failed: all.failed, First: c.first,
		Answer: spreadOf(all.answers), Lease: spreadOf(all.leases), Burst: spreadOf(all.bursts), Look: spreadOf(all.looks)}
	if all.stored > 0 {
		r.Up, r.Down = float64(all.up)/float64(all.stored), float64(all.down)/float64(all.stored)
	}
	return r
}

func (c *crowd) busy() time.Duration {
	if c.target.CPU == nil {
		return 0
	}
	return c.target.CPU()
}

func (d *desk) leave() {
	if d.line != nil {
		d.line.close()
	}
}

func (c *crowd) chance() *rand.Rand { return rand.New(rand.NewPCG(c.plan.Seed, 1<<32)) }
