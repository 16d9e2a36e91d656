package consensus

import (
	"slices"

	"github.com/google/uuid"

	"akhra.dev/akhra"
	"akhra.dev/akhra/census"
	"akhra.dev/akhra/truth"
)

// task is one question with its standing votes.
type task struct {
	id           akhra.TaskID
	item         akhra.ItemID
	votes        []vote
	prior        []float64 // the model's out-of-fold say, nil without
	gold, review int32     // the class that is known or was decided, none without
	audit        bool
	kept         kept
}

// none is the class of a vote that names none, and of a task that nobody
// decided.
const none = -1

// known is the class of a task that is settled; a review goes before gold.
func (t *task) known() int {
	if t.review != none {
		return int(t.review)
	}
	return int(t.gold)
}

// vote is one person's standing answer. Projects have millions: it holds no
// pointer and the id as bytes.
type vote struct {
	id     uuid.UUID
	person int32
	named  int16 // the class she named
	mute   bool  // but it says nothing about the picture
	took   census.Step
}

// class is what a vote says about the picture, none when nothing.
func (v *vote) class() int {
	if v.mute {
		return none
	}
	return int(v.named)
}

func (p *project) task(id akhra.TaskID, item akhra.ItemID) int {
	i, ok := p.at[id]
	if !ok {
		i = len(p.tasks)
		p.at[id] = i
		p.tasks = append(p.tasks, task{id: id, item: item, gold: none, review: none, audit: p.audits[id]})
	}
	return i
}

// change lets something happen to a task and moves what depends on it. A fit
// that works meanwhile will be told.
func (p *project) change(i int, happen func(one *task)) {
	one := &p.tasks[i]
	before, known, asked, piloting := p.said(nil, i), one.known(), len(one.votes), p.piloting()
	p.figures.change(p, one, happen)
	p.touched[i] = struct{}{}
	p.countFull(one, asked)
	p.pilotTurned(piloting)
	after := p.said(nil, i)
	if known == one.known() && slices.Equal(before, after) {
		return
	}
	if _, noted := p.since[i]; p.since != nil && !noted {
		p.since[i] = before
	}
	p.judges.move(i, one, before, after)
}

// answer applies an answer.stored event.
func (p *project) answer(e akhra.Event) error {
	if e.Seq <= p.seen {
		return nil // read with the standing answers
	}
	body, err := e.Answer()
	if err != nil {
		return err
	}
	p.add(body.Annotation)
	return nil
}

// add takes in one answer: it takes the place of her earlier one on the task;
// an undo and a skip leave none.
func (p *project) add(a akhra.Annotation) {
	p.seen = max(p.seen, a.Seq)
	p.fresh++
	i, who, id := p.task(a.Task, a.Item), int32(p.person(a.Annotator, viewOf(&a))), mark(a.ID)
	p.change(i, func(one *task) {
		p.leave(one, id, mark(a.Replaces))
		if a.Answer != akhra.AnswerClass && a.Answer != akhra.AnswerNotSure {
			return
		}
		v := vote{id: id, person: who, named: none, took: census.StepOf(a.TookMillis)}
		if k, live := p.place[a.Class]; live && a.Answer == akhra.AnswerClass { // a class that is gone says nothing any more
			v.named = int16(k)
		}
		v.mute = one.audit && a.Seen() || a.Fooled() // what may follow the model says nothing about it, what follows a wrong proposal nothing at all
		if v.class() != none {
			p.named++
		}
		one.votes = append(one.votes, v)
		p.stands(who, 1)
	})
}

// leave takes out of a task the votes of these ids.
func (p *project) leave(one *task, ids ...uuid.UUID) {
	one.votes = slices.DeleteFunc(one.votes, func(v vote) bool {
		gone := slices.Contains(ids, v.id)
		if gone {
			p.stands(v.person, -1)
		}
		if gone && v.class() != none {
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

// said adds a task's votes that name a class to a list.
func (p *project) said(list []truth.Vote, i int) []truth.Vote {
	return p.tasks[i].said(list, i)
}

func (t *task) said(list []truth.Vote, i int) []truth.Vote {
	for _, v := range t.votes {
		if v.class() != none {
			list = append(list, truth.Vote{Task: i, Annotator: int(v.person), Class: v.class()})
		}
	}
	return list
}
