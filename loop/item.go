package loop

import (
	"akhra.dev/akhra"
)

// unsure is the class of a vote that names none.
const unsure = -1

// item is what the loop remembers of one picture.
type item struct {
	id    akhra.ItemID
	seq   int64
	thumb string
	task  akhra.TaskID // its newest task
	round int
	audit bool // never trained on, never prioritised

	vector  []float32
	votes   []vote
	truth   *posterior // what consensus last said, nil when it has not
	touched bool       // an answer came since truth was read
	say     []float64  // the model's tempered probabilities; of a picture with answers, out of fold
	sure    float64    // largest of say
	margin  float64    // its lead over the next
}

// hear takes over what the model says of the picture.
func (it *item) hear(p []float64) {
	_, _, first, second := top(p)
	it.say, it.sure, it.margin = p, first, first-second
}

// vote is one standing answer.
type vote struct {
	id        akhra.AnnotationID
	annotator akhra.UserID
	class     int // unsure for "can't tell"
}

// posterior is a consensus in the dense class order of the label set.
type posterior struct {
	class    int // -1 when no class is named
	z        []float64
	tempered float64
	state    akhra.TaskState
}

// add applies a standing answer; adding the same answer again changes nothing.
func (it *item) add(a akhra.Annotation, class int) (fresh bool) {
	if a.Replaces != "" {
		it.remove(a.Replaces)
	}
	if a.Answer != akhra.AnswerClass && a.Answer != akhra.AnswerNotSure {
		return a.Answer == akhra.AnswerUndo
	}
	for _, v := range it.votes {
		if v.id == a.ID {
			return false
		}
	}
	it.votes = append(it.votes, vote{a.ID, a.Annotator, class})
	return true
}

func (it *item) remove(id akhra.AnnotationID) {
	for i, v := range it.votes {
		if v.id == id {
			it.votes = append(it.votes[:i], it.votes[i+1:]...)
			return
		}
	}
}

// named counts the votes that name a class.
func (it *item) named() int {
	n := 0
	for _, v := range it.votes {
		if v.class != unsure {
			n++
		}
	}
	return n
}

// target is the class to train towards and how far to trust it: the posterior
// when there is one, else the votes. With one answer per picture asked for,
// the answer is the truth the project wants.
func (it *item) target(classes, most int) (class int, weight float64) {
	if it.truth != nil && it.truth.class >= 0 && !it.touched && most > 1 {
		return it.truth.class, it.truth.z[it.truth.class]
	}
	z := it.shares(classes)
	class = -1
	for k, share := range z {
		if share > weight {
			class, weight = k, share
		}
	}
	return class, weight
}

// soft is the posterior over classes, or the shares of the votes.
func (it *item) soft(classes, most int) []float64 {
	if it.truth != nil && it.truth.class >= 0 && !it.touched && most > 1 {
		return it.truth.z
	}
	return it.shares(classes)
}

func (it *item) shares(classes int) []float64 {
	z, n := make([]float64, classes), 0.0
	for _, v := range it.votes {
		if v.class != unsure && v.class < classes {
			z[v.class]++
			n++
		}
	}
	for k := range z {
		if n > 0 {
			z[k] /= n
		}
	}
	return z
}

// wants counts the answers the item still wants, open leases not considered.
func (it *item) wants(s akhra.Settings) int {
	asked := len(it.votes)
	switch {
	case it.task == "":
		return 0
	case asked < s.Overlap:
		return s.Overlap - asked
	case asked >= s.Cap || it.touched || it.truth == nil:
		return 0 // settled, or not yet known whether it is
	case it.truth.state == akhra.TaskOpen:
		return 1
	}
	return 0
}

// top returns the two largest probabilities and their classes.
func top(p []float64) (first, second int, a, b float64) {
	first, second = -1, -1
	for k, v := range p {
		switch {
		case first < 0 || v > a:
			first, second, a, b = k, first, v, a
		case second < 0 || v > b:
			second, b = k, v
		}
	}
	return first, second, a, b
}
