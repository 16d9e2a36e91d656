package storetest

import (
	"math/rand/v2"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// judged: whatever happened to pictures, posteriors and promises, the counts of
// a project are those that a recount gives.
func judged(w *world) {
	t, l := w.project("Leaves")
	tasks, lead := w.tasks(t, 12), w.person("lead")
	chance, promise := rand.New(rand.NewPCG(4, 7)), akhra.Promise{State: akhra.PromiseVoid, Taken: []akhra.Look{}, Classes: []akhra.ClassID{}}
	for move := range 600 {
		all := w.allTasks(t)
		one := all[chance.IntN(len(all))]
		var err error
		switch chance.IntN(9) {
		case 0:
			_, err = w.Remove(w.ctx(), t, []akhra.ItemID{one.Item}, lead.ID)
		case 1:
			_, err = w.Restore(w.ctx(), t, []akhra.ItemID{one.Item}, lead.ID)
		case 2:
			_, err = w.Reask(w.ctx(), t, []akhra.ItemID{one.Item}, lead.ID)
		case 3:
			if of, _ := w.ConsensusOf(w.ctx(), t, []akhra.ItemID{one.Item}); of[one.Item].Task != "" {
				break // its newest round was answered: it stays
			}
			_, err = w.Withdraw(w.ctx(), t, []akhra.ItemID{one.Item}, lead.ID)
		case 4:
			promise.State, promise.No = akhra.PromiseKept, move
			err = w.StoreLook(w.ctx(), t, promise, []akhra.Accepted{{Item: one.Item, Class: l.Classes[0].ID, P: .9, Version: 1},
				{Item: tasks[chance.IntN(len(tasks))].Item, Class: l.Classes[1].ID, P: .9, Version: 1}})
		case 5:
			promise.State = akhra.PromiseVoid
			err = w.DrawAudit(w.ctx(), t, []akhra.Promise{promise}, nil, nil)
		default:
			if move < 100 {
				break // certificates accept pictures that have none first
			}
			state := []akhra.TaskState{akhra.TaskOpen, akhra.TaskDone, akhra.TaskReview}[chance.IntN(3)]
			err = w.PutConsensus(w.ctx(), t, []akhra.Consensus{{Task: one.ID, Item: one.Item, State: state, Asked: chance.IntN(2), Posterior: []float64{1, 0}},
				{Task: all[0].ID, Item: all[0].Item, State: state, Asked: 1, Posterior: []float64{1, 0}}})
		}
		w.must(err)
		got, err := w.Counts(w.ctx(), t)
		w.must(err)
		if want := w.recount(t); got != want {
			w.Fatalf("after %d moves counts are %+v, a recount gives %+v", move+1, got, want)
		}
	}
}

// recount counts the pictures of a project one by one.
func (w *world) recount(t akhra.Tenant) (c store.Counts) {
	w.Helper()
	newest, accepted := map[akhra.ItemID]akhra.Task{}, map[akhra.ItemID]bool{}
	for _, one := range w.allTasks(t) {
		if !one.Removed && one.Round >= newest[one.Item].Round {
			newest[one.Item] = one
		}
	}
	for _, a := range w.accepted(t) {
		accepted[a.Item] = true
	}
	for item, one := range newest {
		c.Items++
		stands, told := w.consensus(t, one.ID)[one.ID]
		if !told && accepted[item] {
			stands.State = akhra.TaskDone
			c.Accepted++
		}
		if stands.Asked > 0 {
			c.Asked++
		}
		switch stands.State {
		case akhra.TaskDone:
			c.Done++
		case akhra.TaskReview:
			c.Review++
		default:
			c.Open++
		}
	}
	return c
}
