package truth

import (
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
	answered                   int // tasks with answers
}

// said is one answer to a task that the place in the list tells.
type said struct{ annotator, class int32 }

// NewVotes sorts answers. It fails when one names a task, annotator or class
// out of range. Cost: a few passes; the slice is not kept.
func NewVotes(tasks, annotators, classes int, votes []Vote) (*Votes, error) {
	v := &Votes{tasks: tasks, annotators: annotators, classes: classes, start: make([]int32, tasks+1), list: make([]said, len(votes))}
	next := make([]int32, annotators*classes+1)
	for i, one := range votes {
		if one.Task < 0 || one.Task >= tasks || one.Annotator < 0 || one.Annotator >= annotators || one.Class < 0 || one.Class >= classes {
			return nil, fmt.Errorf("answer %d (task %d, annotator %d, class %d) is outside of %d tasks, %d annotators, %d classes",
				i, one.Task, one.Annotator, one.Class, tasks, annotators, classes)
		}
		v.start[one.Task+1]++
		next[one.Annotator*classes+one.Class+1]++
	}
	v.place(votes, next)
	return v, nil
}

// place sorts the answers by annotator and class and then, keeping that order,
// by task, each time with counts of what comes before (radix sort).
func (v *Votes) place(votes []Vote, next []int32) {
	order := make([]int32, len(votes))
	sum(next)
	for i, one := range votes {
		at := one.Annotator*v.classes + one.Class
		order[next[at]] = int32(i)
		next[at]++
	}
	sum(v.start)
	free := slices.Clone(v.start)
	for _, i := range order {
		one := &votes[i]
		v.list[free[one.Task]] = said{int32(one.Annotator), int32(one.Class)}
		free[one.Task]++
	}
	for i := range v.tasks {
		if v.start[i] < v.start[i+1] {
			v.answered++
		}
	}
}

// sum turns counts into their running sums.
func sum(counts []int32) {
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
}

// Len is the number of answers.
func (v *Votes) Len() int { return len(v.list) }

// of lists the answers to a task.
func (v *Votes) of(task int) []said { return v.list[v.start[task]:v.start[task+1]] }
