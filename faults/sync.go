//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/work"
	"akhra.dev/akhra/history"
)

const (
	groupCases = 33 // cases that share a project
	caseTasks  = 3  // pictures of a case
	mostOps    = 4  // answers, corrections and undos of one picture
)

// sync sends answers, corrections and undos in n random ways: shuffled within
// a request, in requests of any size, twice, late, cut at any byte, their
// answers lost. What stands at the end must be what stands when they arrive in
// order. With two devices of one person one answer of them stands, and
// whatever was acknowledged is kept. (What was refused may be stored after all:
// a late copy may find the other device's answer taken back.)
func (r *run) sync(n, devices int) (sum history.Account, err error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	next := 0
	for range runtime.NumCPU() {
		dir := r.folder()
		all.Go(func() {
			failed := r.syncGroups(dir, devices, func() (group int, more bool) {
				mu.Lock()
				defer mu.Unlock()
				next++
				return next - 1, (next-1)*groupCases < n && err == nil
			}, func(one history.Account) { mu.Lock(); sum.Add(one); mu.Unlock() })
			mu.Lock()
			if failed != nil {
				err = failed
			}
			mu.Unlock()
		})
	}
	all.Wait()
	return sum, err
}

func (r *run) syncGroups(dir string, devices int, next func() (int, bool), done func(history.Account)) error {
	rm, err := openRoom(filepath.Join(dir, "data"), time.Now)
	if err != nil {
		return err
	}
	defer rm.db.Close()
	for {
		group, more := next()
		if !more {
			return nil
		}
		g := &syncGroup{room: rm, chance: rand.New(rand.NewPCG(r.seed, uint64(group))), devices: devices}
		one, err := g.run(context.Background())
		if err != nil {
			return fmt.Errorf("group %d: %w", group, err)
		}
		done(one)
	}
}

// syncGroup is some cases in one project.
type syncGroup struct {
	*room
	chance  *rand.Rand
	devices int
	tenant  akhra.Tenant
	classes []akhra.Class
	boxes   []*outbox
	wanted  map[akhra.AssignmentID]akhra.AnnotationID // what stands when all arrives in order
}

// outbox is one device: its answers in the order they were given.
type outbox struct {
	waiting []akhra.Annotation
	sent    [][]byte // every request that left
	acked   map[akhra.AnnotationID]bool
	refused map[akhra.AnnotationID]bool
}

func (g *syncGroup) run(ctx context.Context) (history.Account, error) {
	var err error
	if g.tenant, g.classes, err = g.project(ctx, groupCases*caseTasks, 1); err != nil {
		return history.Account{}, err
	}
	leased, err := g.engine.Queue.Lease(ctx, g.tenant, g.user.ID, groupCases*caseTasks)
	if err != nil || len(leased) != groupCases*caseTasks {
		return history.Account{}, fmt.Errorf("%d tasks leased: %w", len(leased), err)
	}
	g.wanted = map[akhra.AssignmentID]akhra.AnnotationID{}
	for cases := range slices.Chunk(leased, caseTasks) {
		boxes := make([]*outbox, g.devices)
		for i := range boxes {
			boxes[i] = g.fill(cases)
		}
		if err := g.travel(boxes); err != nil {
			return history.Account{}, err
		}
		g.boxes = append(g.boxes, boxes...)
	}
	return g.check(ctx)
}

// fill answers some tasks on one device, going from one to another and back.
func (g *syncGroup) fill(tasks []akhra.Assignment) *outbox {
	b := &outbox{acked: map[akhra.AnnotationID]bool{}, refused: map[akhra.AnnotationID]bool{}}
	last := map[akhra.AssignmentID]akhra.Annotation{}
	for range len(tasks) + g.chance.IntN(len(tasks)*(mostOps-1)) {
		t := tasks[g.chance.IntN(len(tasks))]
		a := g.op(t, last[t.ID])
		b.waiting = append(b.waiting, a)
		last[t.ID] = a
		delete(g.wanted, t.ID)
		if a.Answer != akhra.AnswerUndo {
			g.wanted[t.ID] = a.ID
		}
	}
	return b
}

// op is a first answer, or what may follow the one before.
func (g *syncGroup) op(t akhra.Assignment, before akhra.Annotation) akhra.Annotation {
	a := akhra.Annotation{ID: akhra.AnnotationID(newID()), Assignment: t.ID, Task: t.Task, Replaces: before.ID, TookMillis: 900}
	switch luck := g.chance.Float64(); {
	case luck < .3 && before.ID != "" && before.Answer != akhra.AnswerUndo:
		a.Answer = akhra.AnswerUndo
	case luck < .4:
		a.Answer = akhra.AnswerNotSure
	case luck < .5:
		a.Answer, a.Reason = akhra.AnswerSkip, "other"
	default:
		a.Answer, a.Class = akhra.AnswerClass, g.classes[g.chance.IntN(len(g.classes))].ID
	}
	return a
}

// travel sends what waits on the devices until all is acknowledged or
// refused, then some of it again.
func (g *syncGroup) travel(boxes []*outbox) error {
	for tries := 0; slices.ContainsFunc(boxes, func(b *outbox) bool { return len(b.waiting) > 0 }); tries++ {
		if tries > 1000 {
			return fmt.Errorf("answers are never acknowledged")
		}
		b := boxes[g.chance.IntN(len(boxes))]
		if len(b.waiting) == 0 {
			continue
		}
		batch := slices.Clone(b.waiting[:1+g.chance.IntN(len(b.waiting))])
		g.chance.Shuffle(len(batch), func(i, j int) { batch[i], batch[j] = batch[j], batch[i] })
		body, err := json.Marshal(work.SyncBody{V: 1, Project: g.tenant.Project, Answers: batch})
		if err != nil {
			return err
		}
		b.sent = append(b.sent, body)
		switch g.chance.IntN(5) {
		case 0:
			g.send(b, body, g.chance.IntN(len(body)), false)
		case 1:
			g.send(b, body, -1, false)
		case 2:
			g.send(b, b.sent[g.chance.IntN(len(b.sent))], -1, false)
		case 3:
			g.send(b, body, -1, false)
			fallthrough
		default:
			g.send(b, body, -1, true)
		}
	}
	for _, b := range boxes {
		g.send(b, b.sent[g.chance.IntN(len(b.sent))], -1, false)
	}
	return nil
}

// send lets a request arrive, whole or cut; the device hears of it or not.
func (g *syncGroup) send(b *outbox, body []byte, cut int, hears bool) {
	status, answer := g.post(g.token, "/api/sync", body, cut)
	var out work.SyncView
	if status != 200 || !hears || json.Unmarshal(answer, &out) != nil {
		return
	}
	told := map[akhra.AnnotationID]bool{}
	for _, v := range out.Verdicts {
		if told[v.ID] = true; v.Outcome == akhra.Refused {
			b.refused[v.ID] = true
		} else {
			b.acked[v.ID] = true
		}
	}
	b.waiting = slices.DeleteFunc(b.waiting, func(a akhra.Annotation) bool { return told[a.ID] })
}

// check compares what is stored and what stands with what was told.
func (g *syncGroup) check(ctx context.Context) (a history.Account, err error) {
	kept := map[akhra.AnnotationID]bool{}
	if err := g.db.Annotations(ctx, g.tenant, func(one akhra.Annotation) error { kept[one.ID] = true; return nil }); err != nil {
		return a, err
	}
	for _, b := range g.boxes {
		for id := range b.acked {
			if a.Acked++; !kept[id] {
				a.Lost = append(a.Lost, fmt.Sprintf("%s: acknowledged and gone", id))
			}
		}
		if g.devices == 1 {
			for id := range b.refused {
				a.Lost = append(a.Lost, fmt.Sprintf("%s: refused, in order it is stored", id))
			}
		}
	}
	stands := map[akhra.AssignmentID]akhra.AnnotationID{}
	err = g.db.Standing(ctx, g.tenant, func(one akhra.Annotation) error {
		if _, again := stands[one.Assignment]; again {
			a.Twice = append(a.Twice, fmt.Sprintf("%s: a second answer stands", one.ID))
		}
		stands[one.Assignment] = one.ID
		return nil
	})
	for assignment, id := range g.wanted {
		if g.devices == 1 && stands[assignment] != id {
			a.Lost = append(a.Lost, fmt.Sprintf("%s: %q stands instead", id, stands[assignment]))
		}
		delete(stands, assignment)
	}
	if g.devices == 1 && len(stands) > 0 {
		a.Twice = append(a.Twice, fmt.Sprintf("%d answers stand that were taken back", len(stands)))
	}
	return a, err
}
