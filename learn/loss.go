package learn

import (
	"math"

	"akhra.dev/akhra/numeric"
)

// problem is one fit: the rows, their classes counted among those present, and
// scratch for the loss. Parameters are one row of Dim+1 for every class present.
type problem struct {
	x, turned *numeric.Matrix
	y         []int
	w         []float64
	present   []int // class of every parameter row
	penalty   float64
	scale     float64 // 1 / sum of weights

	weights  *numeric.Matrix // present x Dim
	scores   *numeric.Matrix // present x rows; then the weighted errors
	gradient *numeric.Matrix // present x Dim
	inner    []int           // where the rows of turned start
	outer    []int           // where those of x start
}

func newProblem(x *numeric.Matrix, y []int, w []float64, present []int, classes int, c float64) *problem {
	place := make([]int, classes)
	for row, k := range present {
		place[k] = row
	}
	dense := make([]int, len(y))
	sum := 0.0
	for i, k := range y {
		dense[i] = place[k]
		sum += w[i]
	}
	k := len(present)
	return &problem{
		x: x, turned: x.Transpose(), y: dense, w: w, present: present, penalty: 1 / c, scale: 1 / sum,
		weights: numeric.NewMatrix(k, x.Cols), scores: numeric.NewMatrix(k, x.Rows), gradient: numeric.NewMatrix(k, x.Cols),
		inner: starts(x.Cols, x.Rows), outer: starts(x.Rows, x.Cols),
	}
}

// starts are where n rows begin that lie one after the other.
func starts(n, cols int) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = i * cols
	}
	return at
}

// start lays out the first parameters, from warm where it fits.
func (p *problem) start(warm *Head) []float64 {
	stride := p.x.Cols + 1
	theta := make([]float64, len(p.present)*stride)
	if warm == nil || warm.Dim != p.x.Cols {
		return theta
	}
	for row, k := range p.present {
		if k < warm.Classes && warm.Seen[k] {
			copy(theta[row*stride:(row+1)*stride], warm.W[k*stride:(k+1)*stride])
		}
	}
	return theta
}

func (p *problem) unpack(theta []float64, h *Head) {
	stride := p.x.Cols + 1
	for row, k := range p.present {
		copy(h.W[k*stride:(k+1)*stride], theta[row*stride:(row+1)*stride])
	}
}

// loss returns the penalised mean cross-entropy at theta and writes its gradient.
func (p *problem) loss(theta, grad []float64) float64 {
	dim, rows, classes := p.x.Cols, p.x.Rows, len(p.present)
	bias := make([]float32, classes)
	for k := range classes {
		for i, v := range theta[k*(dim+1) : k*(dim+1)+dim] {
			p.weights.Data[k*dim+i] = float32(v)
		}
		bias[k] = float32(theta[k*(dim+1)+dim])
	}
	numeric.Pack(p.weights, bias).Product(p.scores.Data, rows, p.turned.Data, p.inner, rows, numeric.Unlimited())
	errors := make([]float64, classes)
	total := p.residuals(errors)
	numeric.Pack(p.scores, nil).Product(p.gradient.Data, dim, p.x.Data, p.outer, dim, numeric.Unlimited())

	squares := 0.0
	for k := range classes {
		base := k * (dim + 1)
		for i, v := range theta[base : base+dim] {
			squares += v * v
			grad[base+i] = p.scale * (float64(p.gradient.Data[k*dim+i]) + p.penalty*v)
		}
		grad[base+dim] = p.scale * errors[k]
	}
	return p.scale * (total + p.penalty*squares/2)
}

// residuals turns scores into weighted errors, sums them per class and returns
// the weighted cross-entropy.
func (p *problem) residuals(errors []float64) float64 {
	classes, rows := len(p.present), p.x.Rows
	shifted := make([]float64, classes)
	total := 0.0
	for i := range rows {
		top := float32(math.Inf(-1))
		for k := range classes {
			top = max(top, p.scores.Data[k*rows+i])
		}
		sum, own := 0.0, float64(p.scores.Data[p.y[i]*rows+i]-top)
		for k := range classes {
			shifted[k] = math.Exp(float64(p.scores.Data[k*rows+i] - top))
			sum += shifted[k]
		}
		total += p.w[i] * (math.Log(sum) - own)
		for k, e := range shifted {
			r := e / sum
			if k == p.y[i] {
				r--
			}
			r *= p.w[i]
			errors[k] += r
			p.scores.Data[k*rows+i] = float32(r)
		}
	}
	return total
}
