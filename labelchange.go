package akhra

import "slices"

// LabelChange is what a new version of a label set does to the classes that
// there were.
type LabelChange struct {
	Added   []ClassID // new ones, and deleted ones that are back
	Merged  []ClassID // gone into another: their answers count as that one
	Split   []ClassID // gone into several: who said them is asked again
	Deleted []ClassID // gone: who said them is asked again
}

// Change compares a label set with its next version. A class that the next
// version does not list counts as deleted.
func (l *LabelSet) Change(next *LabelSet) (c LabelChange) {
	for _, now := range next.Classes {
		was, known := l.Class(now.ID)
		if !now.Deleted && (!known || was.Deleted) {
			c.Added = append(c.Added, now.ID)
		}
	}
	for _, id := range l.Live() {
		switch now, known := next.Class(id); {
		case known && !now.Deleted:
		case len(now.Into) == 1:
			c.Merged = append(c.Merged, id)
		case len(now.Into) > 1:
			c.Split = append(c.Split, id)
		default:
			c.Deleted = append(c.Deleted, id)
		}
	}
	return c
}

// Voids tells whether the change voids an audit: classes came or went. A new
// name, colour, word, picture or order does not.
func (c LabelChange) Voids() bool {
	return len(c.Added)+len(c.Merged)+len(c.Split)+len(c.Deleted) > 0
}

// Reasked lists the classes whose pictures are asked again.
func (c LabelChange) Reasked() []ClassID { return slices.Concat(c.Split, c.Deleted) }

// ClassUse is how much names one class.
type ClassUse struct {
	Class    ClassID
	Answers  int // standing ones
	Pictures int // whose class it is now, or, where nobody settled it yet, whose answers name it
	Known    int // known answers
	Accepted int // pictures the model decided by a certificate
}
