package onnx

import "fmt"

// Limits of what a file may ask for.
const (
	MaxFile    = 256 << 20 // bytes of a model
	MaxSession = 256 << 20 // bytes of a session

	maxNodes    = 10_000 // and as many stored tensors, inputs and outputs
	maxSettings = 100    // of one node
	maxRank     = 8
	maxElements = MaxSession / 4 // values of one tensor
	maxWork     = 1e11           // multiplications of one run: under a minute
)

// Tensor is a block of numbers, the last size running fastest.
type Tensor struct {
	Shape []int
	Data  []float32
}

// count returns how many values a shape holds, or an error when it is none that is run here.
func count(shape []int) (int, error) {
	if len(shape) > maxRank {
		return 0, fmt.Errorf("has %d sizes, more than %d", len(shape), maxRank)
	}
	n := int64(1)
	for _, d := range shape {
		if d < 1 || d > maxElements {
			return 0, fmt.Errorf("has the shape %v", shape)
		}
		if n *= int64(d); n > maxElements {
			return 0, fmt.Errorf("has the shape %v, which is too large", shape)
		}
	}
	return int(n), nil
}

// product is the number of values of a shape that was counted before.
func product(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// axis brings an axis that may count from the end into 0..rank-1.
func axis(a, rank int) (int, error) {
	if a < -rank || a >= rank {
		return 0, fmt.Errorf("has the axis %d of %d", a, rank)
	}
	if a < 0 {
		a += rank
	}
	return a, nil
}
