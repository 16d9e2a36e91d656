package dataset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"akhra.dev/akhra/truth"
)

// Crowd is answers with numbers in the place of names. Items, annotators and
// classes are numbered in the order of SortNames, so that the same answers in
// any order are the same crowd.
type Crowd struct {
	Items, Annotators, Classes []string
	Votes                      []truth.Vote // in the order of the answers
	item, class                *numbers
}

// NewCrowd numbers answers; the classes of the labels are among its classes
// even if nobody named them. Cost: three looks into a map per answer, and a
// sort of the names.
func NewCrowd(answers []Answer, labels ...[]Label) *Crowd {
	items, annotators, classes := newNumbers(), newNumbers(), newNumbers()
	c := &Crowd{Votes: make([]truth.Vote, len(answers)), item: items, class: classes}
	for i, a := range answers {
		c.Votes[i] = truth.Vote{Task: items.of(a.Item), Annotator: annotators.of(a.Annotator), Class: classes.of(a.Class)}
	}
	for _, table := range labels {
		for _, l := range table {
			classes.of(l.Class)
		}
	}
	var item, annotator, class []int
	c.Items, item = items.sort()
	c.Annotators, annotator = annotators.sort()
	c.Classes, class = classes.sort()
	for i := range c.Votes {
		v := &c.Votes[i]
		v.Task, v.Annotator, v.Class = item[v.Task], annotator[v.Annotator], class[v.Class]
	}
	return c
}

// Known is the class of each item by a table of labels, -1 where it names
// none. Items nobody answered are left out.
func (c *Crowd) Known(labels []Label) []int {
	known := make([]int, len(c.Items))
	for i := range known {
		known[i] = -1
	}
	for _, l := range labels {
		if i, answered := c.item.at[l.Item]; answered {
			known[i] = c.class.at[l.Class]
		}
	}
	return known
}

// numbers gives names their numbers.
type numbers struct {
	at    map[string]int
	names []string // by number
	last  int      // was asked for last: equal names often follow each other
}

func newNumbers() *numbers { return &numbers{at: map[string]int{}} }

// of is the number of a name, the next one if it is new.
func (u *numbers) of(name string) int {
	if len(u.names) > 0 && u.names[u.last] == name {
		return u.last
	}
	n, known := u.at[name]
	if !known {
		n = len(u.names)
		u.at[name] = n
		u.names = append(u.names, name)
	}
	u.last = n
	return n
}

// sort numbers the names anew in their order; moved tells the new number of an
// old one.
func (u *numbers) sort() (names []string, moved []int) {
	names, moved = make([]string, len(u.names)), make([]int, len(u.names))
	for n, old := range inOrder(u.names) {
		names[n], moved[old] = u.names[old], n
		u.at[names[n]] = n
	}
	u.names = names
	return names, moved
}

// SortNames sorts the classes of a file, or other names: by their letters, or
// by their value when all are whole numbers.
func SortNames(names []string) {
	sorted := make([]string, len(names))
	for n, old := range inOrder(names) {
		sorted[n] = names[old]
	}
	copy(names, sorted)
}

// inOrder lists the places of names in the order of SortNames.
func inOrder(names []string) []int {
	values, places := make([]int64, len(names)), make([]int, len(names))
	numeric := true
	for i, name := range names {
		if places[i] = i; numeric {
			n, err := strconv.ParseInt(name, 10, 64)
			values[i], numeric = n, err == nil
		}
	}
	slices.SortFunc(places, func(a, b int) int {
		if numeric && values[a] != values[b] {
			return cmp.Compare(values[a], values[b])
		}
		return strings.Compare(names[a], names[b])
	})
	return places
}
