package onnx

import (
	"fmt"
	"math"
	"slices"
)

// node is one operation of a file. Its readers note the first thing that is wrong
// in err and return something harmless, so that a builder checks once at its end.
type node struct {
	name, kind, domain string
	in, out            []string
	attributes         map[string]attribute
	stored             []*constant // of each input, nil where it is computed
	opset              int
	err                error
}

// attribute is a setting of a node: the field that its type names.
type attribute struct {
	float  float32
	number int64
	text   string
	tensor *constant
	floats []float32
	ints   []int64
}

// readNode reads NodeProto.
func readNode(b message) (*node, error) {
	n := &node{attributes: map[string]attribute{}}
	err := b.fields(func(e field) error {
		switch e.id {
		case 1:
			n.in = append(n.in, string(e.bytes))
		case 2:
			n.out = append(n.out, string(e.bytes))
		case 3:
			n.name = string(e.bytes)
		case 4:
			n.kind = string(e.bytes)
		case 5:
			return n.readAttribute(e.bytes)
		case 7:
			n.domain = string(e.bytes)
		}
		return most(nil, max(len(n.in), len(n.out)), "inputs or outputs of one node")
	})
	return n, err
}

func (n *node) readAttribute(b message) error {
	var a attribute
	name := ""
	err := b.fields(func(e field) (err error) {
		switch e.id {
		case 1:
			name = string(e.bytes)
		case 2:
			a.float = math.Float32frombits(uint32(e.number))
		case 3:
			a.number = int64(e.number)
		case 4:
			a.text = string(e.bytes)
		case 5:
			_, a.tensor, err = readConstant(e.bytes)
		case 7:
			a.floats, err = e.floats(a.floats)
		case 8:
			a.ints, err = e.integers(a.ints)
		}
		return err
	})
	n.attributes[name] = a
	if len(n.attributes) > maxSettings {
		return fmt.Errorf("%s has more than %d settings", n, maxSettings)
	}
	return err
}

// String names the node for a sentence.
func (n *node) String() string {
	name := n.name
	if name == "" && len(n.out) > 0 {
		name = n.out[0]
	}
	return fmt.Sprintf("the node %q (%s)", name, n.kind)
}

// wrong notes what is wrong with the node, unless something was noted before.
func (n *node) wrong(format string, args ...any) {
	if n.err == nil {
		n.err = fmt.Errorf("%s "+format, append([]any{n}, args...)...)
	}
}

func (n *node) integer(name string, otherwise int) int {
	a, ok := n.attributes[name]
	if !ok {
		return otherwise
	}
	return n.narrow(a.number)
}

// flag reads a setting that must be 0 here.
func (n *node) flag(name string) {
	if v := n.integer(name, 0); v != 0 {
		n.wrong("has %s = %d, which is not run here", name, v)
	}
}

func (n *node) float(name string, otherwise float32) float32 {
	if a, ok := n.attributes[name]; ok {
		return a.float
	}
	return otherwise
}

func (n *node) text(name, otherwise string, allowed ...string) string {
	v := otherwise
	if a, ok := n.attributes[name]; ok {
		v = a.text
	}
	if !slices.Contains(allowed, v) {
		n.wrong("has %s = %q, which is not run here", name, v)
	}
	return v
}

// integers reads a list of want values, any number when want is 0.
func (n *node) integers(name string, want int, otherwise []int) []int {
	a, ok := n.attributes[name]
	if !ok {
		return otherwise
	}
	return n.checked(name, a.ints, want, otherwise)
}

func (n *node) checked(name string, values []int64, want int, otherwise []int) []int {
	if want > 0 && len(values) != want {
		n.wrong("has %d values of %s, not %d", len(values), name, want)
		return otherwise
	}
	out := make([]int, len(values))
	for i, v := range values {
		out[i] = n.narrow(v)
	}
	return out
}

func (n *node) narrow(v int64) int {
	if v < -maxElements || v > maxElements {
		n.wrong("has a setting of %d, which is out of range", v)
		return 1
	}
	return int(v)
}

// given says whether the file names input i.
func (n *node) given(i int) bool { return i < len(n.in) && n.in[i] != "" }

// weights returns input i, which must be a stored tensor of floats of the given
// rank; any rank when it is negative.
func (n *node) weights(i, rank int) *constant {
	if !n.given(i) || n.stored[i] == nil || len(n.stored[i].floats) == 0 {
		n.wrong("needs its input %d stored in the file", i+1)
	} else if rank >= 0 && len(n.stored[i].shape) != rank {
		n.wrong("has %d sizes in its input %d, not %d", len(n.stored[i].shape), i+1, rank)
	} else {
		return n.stored[i]
	}
	return &constant{shape: slices.Repeat([]int{1}, max(rank, 0)), floats: []float32{0}}
}

// scalar returns the only value of input i, otherwise when the file does not name it.
func (n *node) scalar(i int, otherwise float32) float32 {
	if !n.given(i) {
		return otherwise
	}
	if w := n.weights(i, -1); len(w.floats) == 1 {
		return w.floats[0]
	}
	n.wrong("has an input %d of many values where one is needed", i+1)
	return otherwise
}

// indices returns input i, which must be a stored tensor of integers.
func (n *node) indices(i int, name string) []int {
	if !n.given(i) || n.stored[i] == nil || n.stored[i].ints == nil {
		n.wrong("needs its input %d (%s) stored in the file", i+1, name)
		return nil
	}
	return n.checked(name, n.stored[i].ints, 0, nil)
}
