package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"akhra.dev/akhra"
)

// none is the number of no class.
const none = -1

// row is one entry as it is kept: names are numbers, ids are bytes.
type row struct {
	id, task       uuid.UUID
	seq            int64
	name           string // lower case
	came, answered akhra.Millis
	p, sure        float32 // posterior of class; how sure the model is
	class          int16
	thinks         int16 // of the model; none for an audit picture
	gold           int16
	batch          int16
	asked          uint16
	stage, doubt   uint8 // places in stages and doubts
	removed, audit bool
	differ         bool
	voices         []voice // standing answers of every round, one a person and round
}

// voice is one standing answer.
type voice struct {
	person uint16
	class  int16
	now    bool // of the newest round
}

var (
	stages = []akhra.Stage{akhra.StageUnsettled, akhra.StageNone, akhra.StageReview, akhra.StageDone}
	doubts = []akhra.Doubt{akhra.DoubtGreat, akhra.DoubtSome, akhra.DoubtLittle}
)

// table holds the entries of one project in order of arrival.
type table struct {
	rows    []row
	at      map[uuid.UUID]int32
	classes names[akhra.ClassID]
	people  names[akhra.UserID]
	batches names[akhra.BatchID]
	heard   int64 // version of the model whose thoughts the entries hold
	wanted  int64 // that is in force
}

// names numbers ids in the order they are first met.
type names[T ~string] struct {
	of  []T
	num map[T]int16
}

func (n *names[T]) number(id T) int16 {
	if id == "" {
		return none
	}
	if k, known := n.num[id]; known {
		return k
	}
	if n.num == nil {
		n.num = map[T]int16{}
	}
	k := int16(len(n.of))
	n.of, n.num[id] = append(n.of, id), k
	return k
}

func newTable() *table { return &table{at: map[uuid.UUID]int32{}} }

// fill takes an entry over into a row; the answers and the model's thought stay.
func (t *table) fill(r *row, c *akhra.Entry) error {
	id, err := uuid.Parse(string(c.Item))
	if err != nil {
		return fmt.Errorf("entry of picture %q: %w", c.Item, err)
	}
	if r.task, err = uuid.Parse(string(c.Task)); err != nil {
		return fmt.Errorf("task of picture %q: %w", c.Item, err)
	}
	r.id, r.seq, r.name, r.came, r.removed, r.audit = id, c.Seq, strings.ToLower(c.Name), c.Came, c.Removed, c.Audit
	r.class, r.gold, r.batch = t.classes.number(c.Class), t.classes.number(c.Gold), t.batches.number(c.Batch)
	r.p, r.asked = float32(c.P), uint16(min(c.Asked, 1<<16-1))
	r.stage = uint8(slices.Index(stages, stageOf(c)))
	r.doubt = uint8(slices.Index(doubts, akhra.DoubtOf(c.P)))
	if c.Audit {
		r.thinks = none
	}
	return nil
}

func stageOf(c *akhra.Entry) akhra.Stage {
	switch {
	case c.State == akhra.TaskDone:
		return akhra.StageDone
	case c.State == akhra.TaskReview:
		return akhra.StageReview
	case c.Asked == 0:
		return akhra.StageNone
	}
	return akhra.StageUnsettled
}

// put adds an entry, or takes the place of the one there is.
func (t *table) put(c *akhra.Entry) (*row, error) {
	id, err := uuid.Parse(string(c.Item))
	if err != nil {
		return nil, fmt.Errorf("entry of picture %q: %w", c.Item, err)
	}
	i, known := t.at[id]
	if !known {
		i = int32(len(t.rows))
		t.rows = append(t.rows, row{thinks: none})
		t.at[id] = i
	}
	return &t.rows[i], t.fill(&t.rows[i], c)
}

// say takes in one answer of a picture, in the order they were stored.
func (t *table) say(r *row, v *akhra.Voice) {
	task, _ := uuid.Parse(string(v.Task)) // what is stored has a valid id
	who, now := uint16(t.people.number(v.Annotator)), task == r.task
	r.voices = slices.DeleteFunc(r.voices, func(o voice) bool { return o.person == who && o.now == now })
	if v.Answer == akhra.AnswerClass || v.Answer == akhra.AnswerNotSure {
		r.voices = append(r.voices, voice{who, t.classes.number(v.Class), now})
		r.answered = max(r.answered, v.Stored)
	}
	r.differ = r.differs()
}

// differs tells whether people said different classes in the newest round.
func (r *row) differs() bool {
	said := int16(none)
	for _, v := range r.voices {
		switch {
		case !v.now || v.class == none:
		case said == none:
			said = v.class
		case said != v.class:
			return true
		}
	}
	return false
}

// think takes over what the model thinks of a picture.
func (t *table) think(id akhra.ItemID, class akhra.ClassID, sure float64) {
	key, err := uuid.Parse(string(id))
	if err != nil {
		return
	}
	if i, known := t.at[key]; known && !t.rows[i].audit {
		t.rows[i].thinks, t.rows[i].sure = t.classes.number(class), float32(sure)
	}
}
