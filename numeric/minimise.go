package numeric

import "math"

const (
	memory    = 10   // pairs L-BFGS remembers
	armijo    = 1e-4 // sufficient decrease
	curvature = 0.9  // weak Wolfe condition
	maxSteps  = 20   // trials in one line search
)

// Minimise finds a minimum of f by L-BFGS, starting at x0 (which it leaves as it
// is). f returns the value at x and writes the gradient. It stops after maxIter
// iterations, when no gradient component exceeds tol, or when no step improves.
func Minimise(f func(x, grad []float64) float64, x0 []float64, maxIter int, tol float64) []float64 {
	m := newMinimiser(f, x0)
	for range maxIter {
		if maxAbs(m.grad) <= tol || !m.step() {
			break
		}
	}
	return m.x
}

// minimiser is the state of one L-BFGS run.
type minimiser struct {
	f              func(x, grad []float64) float64
	value          float64
	x, grad        []float64
	trial, tryGrad []float64
	direction      []float64
	steps, changes [][]float64 // newest last
	rho            []float64
}

func newMinimiser(f func(x, grad []float64) float64, x0 []float64) *minimiser {
	n := len(x0)
	m := &minimiser{
		f: f, x: append([]float64(nil), x0...), grad: make([]float64, n),
		trial: make([]float64, n), tryGrad: make([]float64, n), direction: make([]float64, n),
	}
	m.value = f(m.x, m.grad)
	return m
}

// step moves along the L-BFGS direction and reports whether it got lower.
func (m *minimiser) step() bool {
	m.aim()
	slope := dot64(m.grad, m.direction)
	if slope >= 0 {
		m.forget()
		m.aim()
		slope = dot64(m.grad, m.direction)
	}
	first := 1.0
	if len(m.steps) == 0 {
		first = math.Min(1, 1/math.Sqrt(dot64(m.grad, m.grad)))
	}
	value, ok := m.search(first, slope)
	if !ok {
		if len(m.steps) == 0 {
			return false
		}
		m.forget()
		return true
	}
	m.remember()
	m.value = value
	m.x, m.trial = m.trial, m.x
	m.grad, m.tryGrad = m.tryGrad, m.grad
	return true
}

// search looks for a step that meets the weak Wolfe conditions by bisection.
func (m *minimiser) search(length, slope float64) (value float64, ok bool) {
	low, high := 0.0, math.Inf(1)
	for range maxSteps {
		for i, d := range m.direction {
			m.trial[i] = m.x[i] + length*d
		}
		value = m.f(m.trial, m.tryGrad)
		switch {
		case math.IsNaN(value) || value > m.value+armijo*length*slope:
			high = length
		case dot64(m.tryGrad, m.direction) < curvature*slope:
			low, ok = length, true
		default:
			return value, true
		}
		if math.IsInf(high, 1) {
			length *= 2
		} else {
			length = (low + high) / 2
		}
	}
	return value, ok && value < m.value
}

// aim sets the direction by the two-loop recursion.
func (m *minimiser) aim() {
	for i, g := range m.grad {
		m.direction[i] = -g
	}
	last := len(m.steps) - 1
	if last < 0 {
		return
	}
	alpha := make([]float64, last+1)
	for i := last; i >= 0; i-- {
		alpha[i] = m.rho[i] * dot64(m.steps[i], m.direction)
		axpy64(-alpha[i], m.changes[i], m.direction)
	}
	scale := 1 / (m.rho[last] * dot64(m.changes[last], m.changes[last]))
	for i := range m.direction {
		m.direction[i] *= scale
	}
	for i := range alpha {
		beta := m.rho[i] * dot64(m.changes[i], m.direction)
		axpy64(alpha[i]-beta, m.steps[i], m.direction)
	}
}

// remember keeps the pair (step, change of gradient) when it curves upwards.
func (m *minimiser) remember() {
	step, change := make([]float64, len(m.x)), make([]float64, len(m.x))
	for i := range step {
		step[i], change[i] = m.trial[i]-m.x[i], m.tryGrad[i]-m.grad[i]
	}
	curve := dot64(step, change)
	if curve <= 1e-12*dot64(change, change) {
		return
	}
	if len(m.steps) == memory {
		m.steps, m.changes, m.rho = m.steps[1:], m.changes[1:], m.rho[1:]
	}
	m.steps, m.changes, m.rho = append(m.steps, step), append(m.changes, change), append(m.rho, 1/curve)
}

func (m *minimiser) forget() { m.steps, m.changes, m.rho = nil, nil, nil }

func dot64(a, b []float64) float64 {
	var s0, s1 float64
	i := 0
	for ; i+1 < len(a); i += 2 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
	}
	if i < len(a) {
		s0 += a[i] * b[i]
	}
	return s0 + s1
}

func axpy64(alpha float64, x, y []float64) {
	for i, v := range x {
		y[i] += alpha * v
	}
}

func maxAbs(x []float64) float64 {
	m := 0.0
	for _, v := range x {
		m = math.Max(m, math.Abs(v))
	}
	return m
}
