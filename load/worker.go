package load

import (
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"math"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/work"
	"akhra.dev/akhra/history"
)

// worker is one annotator at work.
type worker struct {
	Person
	tasks   []work.AssignmentView
	away    [2]time.Duration // without a network from, until
	pending []akhra.Annotation
}

// given is an answer that may be taken back.
type given struct {
	id   akhra.AnnotationID
	task work.AssignmentView
}

var errNoTasks = errors.New("no tasks are left")

// do does one thing that is due and puts down what follows from it.
func (d *desk) do(ctx context.Context, e event) {
	switch e.what {
	case answering:
		d.answer(ctx, e)
	case undoing:
		d.complain(ctx, d.undo(ctx, e))
	case returning:
		d.complain(ctx, d.burst(ctx, e))
	case looking:
		d.complain(ctx, d.look(ctx, e))
	}
}

// answer gives one answer: over the network, or into her device's memory when
// she has none. The next falls due when she has thought.
func (d *desk) answer(ctx context.Context, e event) {
	w, away := e.who, e.at >= e.who.away[0] && e.at < e.who.away[1]
	defer d.plan(e)
	if len(w.tasks) == 0 {
		if !away {
			d.fetch(ctx, e)
		}
		return
	}
	task := w.tasks[0]
	w.tasks = w.tasks[1:]
	a := d.tag(w, task)
	if away {
		if w.pending = append(w.pending, a); len(w.pending) == 1 {
			d.due.put(event{at: w.away[1], what: returning, who: w})
		}
		return
	}
	if err := d.send(ctx, w, []akhra.Annotation{a}); err != nil {
		d.complain(ctx, err)
		return
	}
	d.seen.answers = append(d.seen.answers, d.since(e))
	if d.chance.Float64() < undoShare {
		d.due.put(event{at: e.at + time.Duration(d.chance.Float64()*float64(undoWithin)), what: undoing, who: w, undo: &given{a.ID, task}})
	}
	if len(w.tasks) <= leaseAhead {
		d.fetch(ctx, e)
	}
}

// plan puts down when her next answer falls due: once she has thought, however
// long this one took; without thinking, at once.
func (d *desk) plan(e event) {
	if e.at += d.think(); d.crowd.plan.Think == 0 {
		e.at = time.Since(d.crowd.start)
	}
	d.due.put(e)
}

// fetch leases more tasks; its time counts from the answer that made her ask.
func (d *desk) fetch(ctx context.Context, e event) {
	start := time.Now()
	if err := d.lease(ctx, e.who, leaseSize); err != nil {
		d.complain(ctx, err)
		return
	}
	d.seen.leases = append(d.seen.leases, time.Since(start))
}

func (d *desk) lease(ctx context.Context, w *worker, n int) error {
	var out work.LeaseView
	if err := d.ask(ctx, "POST", "/api/projects/"+string(d.crowd.target.Projects[w.Project].ID)+"/lease", w.Cookie, work.LeaseBody{N: n}, &out); err != nil {
		return err
	}
	if w.tasks = out.Assignments; len(w.tasks) == 0 {
		return errNoTasks
	}
	return nil
}

// tag answers a task, mostly as others do, and notes that in the history.
func (d *desk) tag(w *worker, task work.AssignmentView) akhra.Annotation {
	classes := d.crowd.target.Projects[w.Project].Classes
	class := classes[int(task.Item[len(task.Item)-1])%len(classes)]
	if d.chance.Float64() < wrongShare {
		class = classes[d.chance.IntN(len(classes))]
	}
	a := akhra.Annotation{ID: newID(), Assignment: task.ID, Task: task.Task, Answer: akhra.AnswerClass, Class: class.ID, TookMillis: 1500}
	d.crowd.history.Send(string(a.ID), w.Name, string(task.Item), class.Name)
	return a
}

// send sends answers of one person and notes what she is told.
func (d *desk) send(ctx context.Context, w *worker, answers []akhra.Annotation) error {
	var out work.SyncView
	up, down := d.traffic()
	body := work.SyncBody{V: 1, Project: d.crowd.target.Projects[w.Project].ID, Answers: answers}
	if err := d.ask(ctx, "POST", "/api/sync", w.Cookie, body, &out); err != nil {
		return err
	}
	nowUp, nowDown := d.traffic()
	d.seen.up, d.seen.down = d.seen.up+nowUp-up, d.seen.down+nowDown-down
	var refused error
	for _, v := range out.Verdicts {
		if v.Outcome == akhra.Refused {
			d.crowd.history.Hear(string(v.ID), history.Refused)
			refused = fmt.Errorf("an answer was refused: %+v", v.Problem)
			continue
		}
		d.crowd.history.Hear(string(v.ID), history.Stored)
		d.seen.stored++
	}
	return refused
}

func (d *desk) traffic() (up, down int64) {
	if d.line == nil {
		return 0, 0
	}
	return d.line.up, d.line.down
}

// undo takes an answer back; the task is hers again.
func (d *desk) undo(ctx context.Context, e event) error {
	task := e.undo.task
	a := akhra.Annotation{ID: newID(), Assignment: task.ID, Task: task.Task, Answer: akhra.AnswerUndo, Replaces: e.undo.id}
	d.crowd.history.Undo(string(a.ID), string(e.undo.id))
	return d.send(ctx, e.who, []akhra.Annotation{a})
}

// burst sends all that was answered without a network.
func (d *desk) burst(ctx context.Context, e event) error {
	w := e.who
	waiting := w.pending[:min(len(w.pending), burstLargest)]
	if w.pending = w.pending[len(waiting):]; len(w.pending) > 0 {
		d.due.put(e)
	}
	err := d.send(ctx, w, waiting)
	d.seen.bursts = append(d.seen.bursts, d.since(e))
	return err
}

// look opens a project's page as its manager does.
func (d *desk) look(ctx context.Context, e event) error {
	next := e
	next.at += time.Duration(d.chance.ExpFloat64() * float64(lookEvery))
	d.due.put(next)
	var page struct{}
	err := d.ask(ctx, "GET", "/api/projects/"+string(d.crowd.target.Projects[e.project].ID)+"/progress", d.crowd.target.Owner, nil, &page)
	d.seen.looks = append(d.seen.looks, d.since(e))
	return err
}

// since is how long ago an event fell due.
func (d *desk) since(e event) time.Duration { return time.Since(d.crowd.start.Add(e.at)) }

// think is how long somebody looks at a picture.
func (d *desk) think() time.Duration {
	return time.Duration(float64(d.crowd.plan.Think) * math.Exp(thinkSpread*d.chance.NormFloat64()))
}

// absences draws who is without a network when: single people, and all people
// of some sites together; nobody is where nobody thinks.
func (c *crowd) absences() [][2]time.Duration {
	chance := c.chance()
	draw := func() [2]time.Duration {
		long := time.Duration(awayMost * chance.Float64() * float64(c.plan.Length))
		from := time.Duration(chance.Float64() * float64(c.plan.Length-long))
		return [2]time.Duration{from, from + long}
	}
	away := make([][2]time.Duration, len(c.target.People))
	if c.plan.Think == 0 {
		return away
	}
	for i := range away {
		switch {
		case i%siteSize == 0 && chance.Float64() < siteAway:
			together := draw()
			for j := i; j < min(i+siteSize, len(away)); j++ {
				away[j] = together
			}
		case away[i] == [2]time.Duration{} && chance.Float64() < awayShare:
			away[i] = draw()
		}
	}
	return away
}

func newID() akhra.AnnotationID {
	id, err := akhra.NewID(time.Now(), crand.Reader)
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return akhra.AnnotationID(id)
}
