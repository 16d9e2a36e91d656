package consensus

import (
	"math"
	"slices"

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

	online *truth.Online
	model  int64
	seen   akhra.Seq        // answers up to here are in tasks
	fresh  int              // answers since the last fit
	fitted int              // answers at the last fit
	due    bool             // fit as soon as the batch is taken in
	touch  map[int]struct{} // tasks with new answers since the last write
}

// task is one question with its standing votes.
type task struct {
	id    akhra.TaskID
	item  akhra.ItemID
	votes []vote
	prior []float64 // the model's out-of-fold say, nil without
	now   akhra.Consensus
	kept  akhra.Consensus // as stored
}

// vote is one person's standing answer; class is notSure when it names none.
type vote struct {
	id     akhra.AnnotationID
	person int
	class  int
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
		who: map[akhra.UserID]int{}, touch: map[int]struct{}{}}
	for _, c := range l.Classes {
		if !c.Deleted {
			p.place[c.ID] = len(p.classes)
			p.classes = append(p.classes, c.ID)
		}
	}
	even := make([]float64, len(p.classes))
	for k := range even {
		even[k] = 1 / float64(len(even))
	}
	p.online = truth.NewOnline(&truth.Result{Classes: len(even), ClassPrior: even})
	return p
}

// add takes in one answer: it takes the place of her earlier one on the task;
// an undo and a skip leave none.
func (p *project) add(a akhra.Annotation) {
	p.seen = max(p.seen, a.Seq)
	i, who := p.task(a.Task, a.Item), p.person(a.Annotator)
	one := &p.tasks[i]
	one.votes = slices.DeleteFunc(one.votes, func(v vote) bool {
		return v.id == a.Replaces || v.id == a.ID
	})
	p.touch[i] = struct{}{}
	p.fresh++
	class, live := p.place[a.Class]
	switch {
	case a.Answer == akhra.AnswerClass && live:
		one.votes = append(one.votes, vote{a.ID, who, class})
	case a.Answer == akhra.AnswerNotSure || a.Answer == akhra.AnswerClass: // a class that is gone says nothing any more
		one.votes = append(one.votes, vote{a.ID, who, notSure})
	}
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

// remember notes what the store has of a task.
func (p *project) remember(c akhra.Consensus) {
	p.tasks[p.task(c.Task, c.Item)].kept = c
}

// named lists a task's votes that name a class.
func (t *task) named(task int) []truth.Vote {
	out := make([]truth.Vote, 0, len(t.votes))
	for _, v := range t.votes {
		if v.class != notSure {
			out = append(out, truth.Vote{Task: task, Annotator: v.person, Class: v.class})
		}
	}
	return out
}

// changed lists the rows that differ from what is stored by more than anybody
// would notice.
func (p *project) changed() []akhra.Consensus {
	var rows []akhra.Consensus
	for i := range p.touch {
		p.judge(i)
	}
	for i := range p.tasks {
		if one := &p.tasks[i]; one.now.Task != "" && differs(&one.now, &one.kept) {
			rows = append(rows, one.now)
		}
	}
	clear(p.touch)
	return rows
}

// noticed is the change of a probability that is worth a write.
const noticed = 0.01

func differs(a, b *akhra.Consensus) bool {
	if a.Class != b.Class || a.State != b.State || a.Answers != b.Answers || a.Asked != b.Asked || a.Tied != b.Tied ||
		a.Version != b.Version || len(a.Posterior) != len(b.Posterior) || math.Abs(a.Tempered-b.Tempered) > noticed {
		return true
	}
	for k, z := range a.Posterior {
		if math.Abs(z-b.Posterior[k]) > noticed {
			return true
		}
	}
	return false
}
