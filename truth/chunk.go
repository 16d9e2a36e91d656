package truth

import (
	"math"
	"slices"
	"sync"
)

// chunk is a run of tasks, and what one walk over their answers finds. Its
// borders depend on the votes alone and chunks are added up in their order, so
// a fit is the same to the last bit on any number of processors.
type chunk struct {
	from, to          int       // tasks
	counts            []float64 // expected counts of their answers, as in em
	tasks             []float64 // expected tasks per class
	moved, likelihood float64
	weights           []float64 // scratch, per class, with room for as many again
	guessed           float64   // expected tasks that are guessed
	guesses           []float64 // expected answers to them, per class
}

// mostChunks is how many a fit is divided into at most, and a chunk's work is
// worth a goroutine from leastWork answers x classes on.
const (
	mostChunks = 8
	leastWork  = 50_000
)

// split makes chunks of about as many answers each; few where the matrices are
// large, for each chunk counts into its own.
func split(v *Votes) []*chunk {
	work, matrices := v.Len()*v.classes, v.annotators*v.classes*v.classes
	n := max(1, min(mostChunks, work/leastWork, work/max(1, 4*matrices)))
	chunks, task := make([]*chunk, n), 0
	for at := range chunks {
		c := &chunk{from: task, counts: make([]float64, matrices), tasks: make([]float64, v.classes), weights: make([]float64, v.classes, 2*v.classes)}
		for task < v.tasks && (at == n-1 || int(v.start[task]) < v.Len()*(at+1)/n) {
			task++
		}
		c.to, chunks[at] = task, c
	}
	return chunks
}

// over walks all chunks, at the same time where there are processors for it.
func (e *em) over(walk func(*chunk)) {
	var done sync.WaitGroup
	for _, c := range e.chunks {
		done.Go(func() { walk(c) })
	}
	done.Wait()
}

// count takes the counts of a chunk from the posteriors as they are.
func (e *em) count(c *chunk) {
	for i := c.from; i < c.to; i++ {
		if rows := e.rows[e.v.start[i]:e.v.start[i+1]]; len(rows) > 0 {
			c.add(rows, e.row(i))
		}
	}
}

// add counts the answers to a task.
func (c *chunk) add(rows []uint32, z []float64) {
	for k, p := range z {
		c.tasks[k] += p
	}
	for _, at := range rows {
		counts := c.counts[at:][:len(z)]
		for k, p := range z {
			counts[k] += p
		}
	}
}

// expect is the E-step of a chunk, and counts what it finds.
func (e *em) expect(c *chunk) {
	if e.k == 2 && !e.weighs && e.Known == nil && e.Prior == nil {
		e.expectBinary(c)
		return
	}
	clear(c.counts)
	clear(c.tasks)
	c.moved, c.likelihood = 0, 0
	for i := c.from; i < c.to; i++ {
		rows := e.rows[e.v.start[i]:e.v.start[i+1]]
		if len(rows) == 0 {
			continue
		}
		e.begin(i, c.weights)
		log := e.multiply(rows, c.weights)
		sum := e.normalise(i, c.weights)
		if e.weighs {
			c.likelihood += log + math.Log(sum)
		}
		z, moved := e.row(i), 0.0
		for k, w := range c.weights {
			moved += math.Abs(w - z[k])
			z[k] = w
		}
		c.moved += moved
		c.add(rows, z)
	}
}

// normalise turns the weights of a task's classes into its posterior, and
// returns what they summed to: over all classes, or with the known one alone.
func (e *em) normalise(task int, weights []float64) (sum float64) {
	if k := e.known(task); k >= 0 {
		sum = weights[k]
		only(weights, k)
		return sum
	}
	for _, w := range weights {
		sum += w
	}
	for k := range weights {
		weights[k] /= sum
	}
	return sum
}

// block is how many answers are multiplied at most: they stay far from what a
// float64 can hold, for each takes at most some 18 digits.
const block = 16

// multiply weighs classes by what each answer says of them, and returns the
// logarithm of what it scaled them down by. It multiplies where others add
// logarithms, and takes these only between blocks. Weights must have room for
// as many logarithms.
func (e *em) multiply(rows []uint32, weights []float64) (log float64) {
	if len(rows) <= block {
		e.multiplyBlock(rows, weights)
		return 0
	}
	logs := weights[len(weights) : 2*len(weights)]
	clear(logs)
	for len(rows) > 0 {
		n := min(block, len(rows))
		e.multiplyBlock(rows[:n], weights)
		rows = rows[n:]
		for k, w := range weights {
			logs[k] += math.Log(w)
			weights[k] = 1
		}
	}
	top := slices.Max(logs)
	for k, l := range logs {
		weights[k] = math.Exp(l - top)
	}
	return top
}

// multiplyBlock takes four answers at a time, which spares the processor from
// waiting for one weight after the other.
func (e *em) multiplyBlock(rows []uint32, weights []float64) {
	n := len(weights)
	for ; len(rows) >= 4; rows = rows[4:] {
		a, b, c, d := e.pi[rows[0]:][:n], e.pi[rows[1]:][:n], e.pi[rows[2]:][:n], e.pi[rows[3]:][:n]
		for k := range weights {
			weights[k] *= a[k] * b[k] * (c[k] * d[k])
		}
	}
	for _, at := range rows {
		for k, p := range e.pi[at:][:n] {
			weights[k] *= p
		}
	}
}
