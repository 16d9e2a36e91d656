package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// file is what of an ONNX file is needed to run it (onnx.proto, IR version 3 on).
type file struct {
	opset     int
	nodes     []*node
	constants map[string]*constant
	inputs    []port
	outputs   []port
}

// port is a declared input or output; its shape has 0 where the file leaves a size open.
type port struct {
	name  string
	kind  int
	shape []int
}

// constant is a stored tensor: floats or integers, whichever it holds.
type constant struct {
	shape  []int
	floats []float32
	ints   []int64
}

// Kinds of element that are read (TensorProto.DataType).
const (
	kindFloat = 1
	kindInt32 = 6
	kindInt64 = 7
)

func readFile(b message) (*file, error) {
	f := &file{constants: map[string]*constant{}}
	seen := false
	err := b.fields(func(e field) error {
		switch e.id {
		case 7: // graph
			seen = true
			return f.readGraph(e.bytes)
		case 8: // opset_import
			return f.readOpset(e.bytes)
		}
		return nil
	})
	if err == nil && !seen {
		err = errCut
	}
	return f, err
}

func (f *file) readOpset(b message) error {
	domain, version := "", 0
	err := b.fields(func(e field) error {
		switch e.id {
		case 1:
			domain = string(e.bytes)
		case 2:
			version = int(min(e.number, math.MaxInt32))
		}
		return nil
	})
	if domain == "" || domain == "ai.onnx" {
		f.opset = version
	}
	return err
}

func (f *file) readGraph(b message) error {
	return b.fields(func(e field) error {
		switch e.id {
		case 1:
			n, err := readNode(e.bytes)
			f.nodes = append(f.nodes, n)
			return most(err, len(f.nodes), "nodes")
		case 5:
			name, c, err := readConstant(e.bytes)
			f.constants[name] = c
			return most(err, len(f.constants), "stored tensors")
		case 11:
			p, err := readPort(e.bytes)
			f.inputs = append(f.inputs, p)
			return most(err, len(f.inputs), "inputs")
		case 12:
			p, err := readPort(e.bytes)
			f.outputs = append(f.outputs, p)
			return most(err, len(f.outputs), "outputs")
		case 15:
			return errors.New("the model has sparse weights, which are not read here")
		}
		return nil
	})
}

// most is err, or that there are more of something than a model may have.
func most(err error, n int, what string) error {
	if err == nil && n > maxNodes {
		return fmt.Errorf("the model has more than %d %s", maxNodes, what)
	}
	return err
}

// readPort reads ValueInfoProto: a name, a type of elements and a shape.
func readPort(b message) (port, error) {
	var p port
	err := b.fields(func(e field) error {
		switch e.id {
		case 1:
			p.name = string(e.bytes)
		case 2:
			return e.bytes.fields(func(e field) error {
				if e.id != 1 { // tensor_type
					return nil
				}
				return p.readTensorType(e.bytes)
			})
		}
		return nil
	})
	return p, err
}

func (p *port) readTensorType(b message) error {
	return b.fields(func(e field) error {
		switch e.id {
		case 1:
			p.kind = int(min(e.number, math.MaxInt32))
		case 2: // shape
			return e.bytes.fields(func(e field) error {
				if e.id != 1 {
					return nil
				}
				size := 0
				err := e.bytes.fields(func(e field) error {
					if e.id == 1 && int64(e.number) > 0 {
						size = int(min(e.number, maxElements+1))
					}
					return nil
				})
				p.shape = append(p.shape, size)
				if len(p.shape) > maxRank {
					return fmt.Errorf("the input or output %q has more than %d sizes", p.name, maxRank)
				}
				return err
			})
		}
		return nil
	})
}

// readConstant reads TensorProto.
func readConstant(b message) (name string, c *constant, err error) {
	c = &constant{shape: []int{}}
	var raw message
	kind := 0
	err = b.fields(func(e field) (err error) {
		switch e.id {
		case 1:
			var dims []int64
			dims, err = e.integers(nil)
			for _, d := range dims {
				if d < 0 || d > maxElements || len(c.shape) >= maxRank {
					return fmt.Errorf("the stored tensor %q has a size of %d or too many of them", name, d)
				}
				c.shape = append(c.shape, int(d))
			}
		case 2:
			kind = int(min(e.number, math.MaxInt32))
		case 4:
			c.floats, err = e.floats(c.floats)
		case 5, 7:
			c.ints, err = e.integers(c.ints)
		case 8:
			name = string(e.bytes)
		case 9:
			raw = e.bytes
		case 13, 14:
			if e.id == 13 || e.number != 0 {
				return errors.New("the model keeps its weights in another file: store them inside")
			}
		}
		return err
	})
	if err == nil {
		err = c.settle(name, kind, raw)
	}
	return name, c, err
}

// settle takes raw data in and checks that there are as many values as the shape says.
func (c *constant) settle(name string, kind int, raw message) error {
	have := 0
	switch kind {
	case kindFloat:
		c.floats = appendFloats(c.floats, raw)
		c.ints, have = nil, len(c.floats)
	case kindInt64:
		for ; len(raw) >= 8; raw = raw[8:] {
			c.ints = append(c.ints, int64(binary.LittleEndian.Uint64(raw)))
		}
		c.floats, have = nil, len(c.ints)
	case kindInt32:
		for ; len(raw) >= 4; raw = raw[4:] {
			c.ints = append(c.ints, int64(int32(binary.LittleEndian.Uint32(raw))))
		}
		c.floats, have = nil, len(c.ints)
	default:
		return fmt.Errorf("the stored tensor %q has elements of type %d: only float32, int32 and int64 are read", name, kind)
	}
	want := int64(1)
	for _, d := range c.shape {
		if want *= int64(d); want > maxElements {
			return fmt.Errorf("the stored tensor %q is larger than %d values", name, maxElements)
		}
	}
	if int64(have) != want {
		return fmt.Errorf("the stored tensor %q has %d values where its shape needs %d", name, have, want)
	}
	return nil
}
