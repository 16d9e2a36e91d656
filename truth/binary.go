package truth

import "math"

// expectBinary is expect for two classes without priors or known tasks: yes or
// no is the commonest question, and with both weights in registers a walk
// takes half the time.
func (e *em) expectBinary(c *chunk) {
	clear(c.counts)
	var tasks0, tasks1, moved float64
	for i := c.from; i < c.to; i++ {
		rows := e.rows[e.v.start[i]:e.v.start[i+1]]
		if len(rows) == 0 {
			continue
		}
		w0, w1, few := e.before[0], e.before[1], rows
		if len(rows) > block {
			copy(c.weights, e.before)
			e.multiply(rows, c.weights)
			w0, w1, few = c.weights[0], c.weights[1], nil
		}
		for _, at := range few {
			pi := (*[2]float64)(e.pi[at:])
			w0, w1 = w0*pi[0], w1*pi[1]
		}
		sum, z := w0+w1, (*[2]float64)(e.z[2*i:])
		w0, w1 = w0/sum, w1/sum
		moved += math.Abs(w0-z[0]) + math.Abs(w1-z[1])
		z[0], z[1] = w0, w1
		tasks0, tasks1 = tasks0+w0, tasks1+w1
		for _, at := range rows {
			counts := (*[2]float64)(c.counts[at:])
			counts[0], counts[1] = counts[0]+w0, counts[1]+w1
		}
	}
	c.tasks[0], c.tasks[1], c.moved, c.likelihood = tasks0, tasks1, moved, 0
}
