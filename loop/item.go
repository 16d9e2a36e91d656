package loop

import (
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

// unsure is the class of a vote that names none.
const unsure = -1

// item is what the loop remembers of one picture.
type item struct {
	id      akhra.ItemID
	seq     int64
	thumb   string
	picture string       // blob of its smallest variant
	task    akhra.TaskID // its newest task
	round   int
	audit   bool         // never trained on
	decided bool         // its class is the model's, by a certificate
	batch   *akhra.Batch // that it is in, shared with its others; nil for none

	vector  []float32
	votes   []vote
	truth   *posterior // what consensus last said, nil when it has not
	touched bool       // an answer came since truth was read
	taught  bool       // the model in force was taught by it
	retold  bool       // consensus changed its mind since truth was read
	say     []float64  // the model's tempered probabilities; of a picture with answers, out of fold
	sure    float64    // largest of say
	margin  float64    // its lead over the next
}

// hear takes over what the model says of the picture.
func (it *item) hear(p []float64) {
	_, _, first, second := learn.Top(p)
	it.say, it.sure, it.margin = p, first, first-second
}

// vote is one standing answer.
type vote struct {
	id        akhra.AnnotationID
	annotator akhra.UserID
	class     int  // unsure for "can't tell", and for what accepts a proposal that was wrong on purpose
	seen      bool // given with the model's opinion in view
}

// posterior is a consensus in the dense class order of the label set.
type posterior struct {
	class    int // -1 when no class is named
	z        []float64
	tempered float64
	state    akhra.TaskState
	wants    int     // answers, while open
	value    float64 // of one more answer
	decided  bool    // by gold or a review
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
	it.votes = append(it.votes, vote{a.ID, a.Annotator, class, a.Seen()})
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

// echoes tells whether all that people say of it was said with the model's
// opinion in view.
func (it *item) echoes() bool {
	return len(it.votes) > 0 && !slices.ContainsFunc(it.votes, func(v vote) bool { return !v.seen })
}

// by tells whether an annotator's answer stands.
func (it *item) by(annotator akhra.UserID) bool {
	for _, v := range it.votes {
		if v.annotator == annotator {
			return true
		}
	}
	return false
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
// the answer is the truth the project wants, unless somebody decided another.
func (it *item) target(classes, most int) (class int, weight float64) {
	if it.believes(most) {
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

// believes tells whether the posterior goes before the votes.
func (it *item) believes(most int) bool {
	if it.truth == nil || it.truth.class < 0 {
		return false
	}
	return it.truth.decided || !it.touched && most > 1
}

// teaches tells whether a class is known from people.
func (it *item) teaches() bool {
	return !it.audit && (it.named() > 0 || it.truth != nil && it.truth.decided)
}

// soft is the posterior over classes, or the shares of the votes.
func (it *item) soft(classes, most int) []float64 {
	if it.believes(most) {
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
	told := it.truth != nil && !it.touched
	switch {
	case it.task == "" || it.truth != nil && it.truth.decided || it.decided && asked == 0:
		return 0
	case told && it.truth.state == akhra.TaskOpen:
		return max(it.truth.wants, it.overlap(s)-asked)
	case asked < it.overlap(s):
		return it.overlap(s) - asked
	}
	return 0 // settled, or not yet known whether it is
}
