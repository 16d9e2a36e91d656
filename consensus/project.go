package consensus

import (
	"slices"

	"github.com/google/uuid"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// project is what the room knows of one project.
type project struct {
	tenant   akhra.Tenant
	settings akhra.Settings
	version  int             // of the label set
	classes  []akhra.ClassID // live ones, in the order of posteriors
	place    map[akhra.ClassID]int

	tasks  []task
	at     map[akhra.TaskID]int
	people []person
	who    map[akhra.UserID]int

	judges  judges
	model   int64
	seen    akhra.Seq        // answers up to here are in tasks
	named   int              // standing answers that name a class
	fresh   int              // answers since the last fit
	fitted  int              // standing answers at the last fit
	due     bool             // fit as soon as the batch is taken in
	touched map[int]struct{} // tasks with new answers since the last write
	all     bool             // every task may have changed since the last write
}

// task is one question with its standing votes.
type task struct {
	id    akhra.TaskID
	item  akhra.ItemID
	votes []vote
	prior []float64 // the model's out-of-fold say, nil without
	kept  kept
}

// vote is one person's standing answer; class is notSure when it names none.
// Projects have millions: it holds no pointer and the id as bytes.
type vote struct {
	id     uuid.UUID
	person int32
	class  int32
}

const notSure = -1

// person is one annotator and what was last stored of her skill.
type person struct {
	id       akhra.UserID
	answers  int
	accuracy float64
}

func newProject(t akhra.Tenant, s akhra.Settings, l akhra.LabelSet) *project {
	p := &project{tenant: t, settings: s, version: l.Version, place: map[akhra.ClassID]int{}, at: map[akhra.TaskID]int{},
		who: map[akhra.UserID]int{}, touched: map[int]struct{}{}}
	for _, c := range l.Classes {
		if !c.Deleted {
			p.place[c.ID] = len(p.classes)
			p.classes = append(p.classes, c.ID)
		}
	}
	p.judges = strangers(len(p.classes))
	return p
}

// add takes in one answer: it takes the place of her earlier one on the task;
// an undo and a skip leave none.
func (p *project) add(a akhra.Annotation) {
	p.seen = max(p.seen, a.Seq)
	i, who := p.task(a.Task, a.Item), p.person(a.Annotator)
	id := mark(a.ID)
	p.leave(i, id, mark(a.Replaces))
	p.touched[i] = struct{}{}
	p.fresh++
	class, live := p.place[a.Class]
	switch {
	case a.Answer == akhra.AnswerClass && live:
		p.tasks[i].votes = append(p.tasks[i].votes, vote{id, int32(who), int32(class)})
		p.named++
	case a.Answer == akhra.AnswerNotSure || a.Answer == akhra.AnswerClass: // a class that is gone says nothing any more
		p.tasks[i].votes = append(p.tasks[i].votes, vote{id, int32(who), notSure})
	}
}

// leave takes out of a task the votes of these ids.
func (p *project) leave(i int, ids ...uuid.UUID) {
	p.tasks[i].votes = slices.DeleteFunc(p.tasks[i].votes, func(v vote) bool {
		gone := slices.Contains(ids, v.id)
		if gone && v.class != notSure {
			p.named--
		}
		return gone
	})
}

// mark is an answer's id in bytes; that of no answer is all zero. What is
// stored has a valid id.
func mark(id akhra.AnnotationID) uuid.UUID {
	m, _ := uuid.Parse(string(id))
	return m
}

func (p *project) task(id akhra.TaskID, item akhra.ItemID) int {
	i, ok := p.at[id]
	if !ok {
		i = len(p.tasks)
		p.at[id] = i
		p.tasks = append(p.tasks, task{id: id, item: item})
	}
	return i
}

// person numbers annotators. Answers without usable names share one.
func (p *project) person(id akhra.UserID) int {
	if p.settings.Pooled {
		id = ""
	}
	j, ok := p.who[id]
	if !ok {
		j = len(p.people)
		p.who[id] = j
		p.people = append(p.people, person{id: id})
	}
	return j
}

// said adds a task's votes that name a class to a list.
func (p *project) said(list []truth.Vote, i int) []truth.Vote {
	for _, v := range p.tasks[i].votes {
		if v.class != notSure {
			list = append(list, truth.Vote{Task: i, Annotator: int(v.person), Class: int(v.class)})
		}
	}
	return list
}
