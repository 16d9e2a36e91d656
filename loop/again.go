package loop

import (
	"encoding/json"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// ask makes a task the picture's question, unless it is of an earlier round
// than the one it has.
func (p *project) ask(it *item, task akhra.Task) {
	p.byTask[task.ID] = it
	if task.Round < it.round {
		return
	}
	if it.round >= 0 && task.Round > it.round {
		p.forget(it)
	}
	it.task, it.round, it.audit = task.ID, task.Round, task.Purpose == akhra.ForAudit
}

// forget leaves out what people said of a picture in an earlier round.
func (p *project) forget(it *item) {
	p.answers -= it.named()
	it.votes, it.truth, it.touched, it.retold, it.decided = nil, nil, false, false, false
	p.fresh++ // it taught the model
}

// reasked applies a task.reasked event: the answers so far are history.
func (p *project) reasked(e akhra.Event) error {
	var body struct {
		Item  akhra.ItemID `json:"item"`
		Task  akhra.TaskID `json:"task"`
		Round int          `json:"round"`
	}
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return fmt.Errorf("read event %d of a further round: %w", e.Seq, err)
	}
	if it := p.at[body.Item]; it != nil {
		p.ask(it, akhra.Task{ID: body.Task, Item: body.Item, Round: body.Round})
	}
	return nil
}

// remove has a picture left out when the project is next read.
func (p *project) remove(id akhra.ItemID) {
	it := p.at[id]
	if it == nil {
		return
	}
	p.answers -= it.named()
	p.removed[id], p.behind = true, true
	p.fresh++ // it may have taught the model
	delete(p.at, id)
	delete(p.byTask, it.task)
}

// prune drops the pictures that were removed since they were read.
func (p *project) prune() {
	p.items = slices.DeleteFunc(p.items, func(it *item) bool { return p.removed[it.id] })
	p.pending = slices.DeleteFunc(p.pending, func(it *item) bool { return p.removed[it.id] })
}
