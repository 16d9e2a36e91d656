package load

import (
	"container/heap"
	"time"
)

// kind is what somebody does.
type kind int

const (
	answering kind = iota
	undoing
	returning // to the network, with all that was answered without it
	looking   // a manager at her project's page
)

// event is what one person does next; at counts from the start.
type event struct {
	at      time.Duration
	what    kind
	who     *worker
	undo    *given // by undoing
	project int    // by looking
}

// agenda is what falls due at a desk, soonest first.
type agenda []event

func (a *agenda) add(e event) { *a = append(*a, e) }
func (a *agenda) settle()     { heap.Init((*byTime)(a)) }
func (a *agenda) put(e event) { heap.Push((*byTime)(a), e) }
func (a *agenda) next() event { return heap.Pop((*byTime)(a)).(event) }

type byTime []event

func (b byTime) Len() int           { return len(b) }
func (b byTime) Less(i, j int) bool { return b[i].at < b[j].at }
func (b byTime) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byTime) Push(e any)        { *b = append(*b, e.(event)) }
func (b *byTime) Pop() any {
	last := (*b)[len(*b)-1]
	*b = (*b)[:len(*b)-1]
	return last
}
