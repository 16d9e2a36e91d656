package truth

import (
	"cmp"
	"fmt"
	"slices"
)

// Vote is one answer: an annotator said that a task is of a class.
type Vote struct{ Task, Annotator, Class int }

// Votes are the answers of a project, sorted by task, annotator and class.
// Several answers of one annotator to one task each count.
type Votes struct {
	tasks, annotators, classes int
	start                      []int32 // of each task in list, and the end
	list                       []said
}

// said is one answer to a task that the place in the list tells.
type said struct{ annotator, class int32 }

// NewVotes sorts answers. It fails when one names a task, annotator or class
// out of range. Cost: one sort; the slice is not kept.
func NewVotes(tasks, annotators, classes int, votes []Vote) (*Votes, error) {
	v := &Votes{tasks: tasks, annotators: annotators, classes: classes, start: make([]int32, tasks+1), list: make([]said, len(votes))}
	for i, one := range votes {
		if one.Task < 0 || one.Task >= tasks || one.Annotator < 0 || one.Annotator >= annotators || one.Class < 0 || one.Class >= classes {
			return nil, fmt.Errorf("answer %d (task %d, annotator %d, class %d) is outside of %d tasks, %d annotators, %d classes",
				i, one.Task, one.Annotator, one.Class, tasks, annotators, classes)
		}
		v.start[one.Task+1]++
	}
	for i := range tasks {
		v.start[i+1] += v.start[i]
	}
	next := slices.Clone(v.start)
	for _, one := range votes {
		v.list[next[one.Task]] = said{int32(one.Annotator), int32(one.Class)}
		next[one.Task]++
	}
	for i := range tasks {
		slices.SortFunc(v.of(i), func(a, b said) int {
			return cmp.Or(cmp.Compare(a.annotator, b.annotator), cmp.Compare(a.class, b.class))
		})
	}
	return v, nil
}

// Len is the number of answers.
func (v *Votes) Len() int { return len(v.list) }

// of lists the answers to a task.
func (v *Votes) of(task int) []said { return v.list[v.start[task]:v.start[task+1]] }
