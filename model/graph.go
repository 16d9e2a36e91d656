package model

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Field numbers of ONNX messages (onnx.proto) that are written or renamed.
const (
	modelIR, modelProducer, modelGraph, modelOpset, modelMetadata   = 1, 2, 7, 8, 14
	graphNode, graphName, graphInitializer, graphInput, graphOutput = 1, 2, 5, 11, 12
	nodeInput, nodeOutput, nodeName, nodeOp, nodeAttribute          = 1, 2, 3, 4, 5
	tensorDims, tensorType, tensorName, tensorRaw                   = 1, 2, 8, 9
	infoName, infoType                                              = 1, 2
)

const (
	kindFloat = 1
	kindInt64 = 7
	kindHalf  = 10
	irLeast   = 4 // from here on weights need not be listed as inputs
	irUsual   = 8
)

// message is an encoded protocol buffer being written.
type message []byte

func (m message) number(id int, v uint64) message {
	return binary.AppendUvarint(binary.AppendUvarint(m, uint64(id)<<3), v)
}

func (m message) bytes(id int, v []byte) message {
	m = binary.AppendUvarint(binary.AppendUvarint(m, uint64(id)<<3|2), uint64(len(v)))
	return append(m, v...)
}

func (m message) text(id int, v string) message { return m.bytes(id, []byte(v)) }

// each visits the fields of a message: raw is all of a field, value what is in it where
// it has a length, number what it is where it is a number.
func (m message) each(visit func(id int, raw, value message, number uint64)) error {
	for len(m) > 0 {
		key, n := binary.Uvarint(m)
		if n <= 0 {
			return errCut
		}
		at, value, number := n, message(nil), uint64(0)
		switch key & 7 {
		case 0:
			number, n = binary.Uvarint(m[at:])
		case 1:
			n = 8
		case 5:
			n = 4
		case 2:
			size, width := binary.Uvarint(m[at:])
			if width <= 0 || size > uint64(len(m)-at-width) {
				return errCut
			}
			at, n = at+width, int(size)
			value = m[at : at+n]
		default:
			return errCut
		}
		if key&7 != 2 && n <= 0 || at+n > len(m) {
			return errCut
		}
		visit(int(key>>3), m[:at+n], value, number)
		m = m[at+n:]
	}
	return nil
}

var errCut = fmt.Errorf("the network is cut short")

// network is an ONNX file taken apart: what runs, what it knows, what goes in and out.
type network struct {
	ir              uint64
	opsets          message // encoded fields of the model
	nodes           []message
	weights         message         // encoded fields of the graph
	stored          map[string]bool // names of the weights
	input, output   string
	inputs, outputs []string
}

func takeApart(file []byte) (*network, error) {
	n := &network{stored: map[string]bool{}}
	var inner error
	err := message(file).each(func(id int, raw, value message, number uint64) {
		switch id {
		case modelIR:
			n.ir = number
		case modelOpset:
			n.opsets = append(n.opsets, raw...)
		case modelGraph:
			if err := n.takeGraph(value); err != nil {
				inner = err
			}
		}
	})
	if err == nil {
		err = inner
	}
	if err != nil {
		return nil, err
	}
	n.inputs = slices.DeleteFunc(n.inputs, func(name string) bool { return n.stored[name] })
	if len(n.inputs) == 0 || len(n.outputs) == 0 {
		return nil, fmt.Errorf("the network has no input or no output")
	}
	n.input, n.output = n.inputs[0], n.outputs[0]
	return n, nil
}

func (n *network) takeGraph(graph message) error {
	return graph.each(func(id int, raw, value message, _ uint64) {
		switch id {
		case graphNode:
			n.nodes = append(n.nodes, value)
		case graphInitializer:
			n.weights = append(n.weights, raw...)
			n.stored[value.name(tensorName)] = true
		case graphInput:
			n.inputs = append(n.inputs, value.name(infoName))
		case graphOutput:
			n.outputs = append(n.outputs, value.name(infoName))
		}
	})
}

// name is the last text field of that number.
func (m message) name(field int) (name string) {
	_ = m.each(func(id int, _, value message, _ uint64) { // what is before damage counts
		if id == field {
			name = string(value)
		}
	})
	return name
}

// graph is an ONNX graph being written. Tensors are known by name.
type graph struct {
	prefix string // of every name made here: no name of the network has it
	made   int
	body   message
}

func (g *graph) fresh() string {
	g.made++
	return fmt.Sprintf("%s%d", g.prefix, g.made)
}

// run writes the network once more, reading input, and returns where its output is.
// Its weights keep their names, all else gets others.
func (g *graph) run(n *network, input string) string {
	mark := g.fresh() + "/"
	renamed := func(name string) string {
		switch {
		case name == n.input:
			return input
		case name == "" || n.stored[name]:
			return name
		}
		return mark + name
	}
	for _, node := range n.nodes {
		var out message
		_ = node.each(func(id int, raw, value message, _ uint64) { // read before: it is whole
			switch id {
			case nodeInput, nodeOutput:
				out = out.text(id, renamed(string(value)))
			case nodeName:
				out = out.text(id, mark+string(value))
			default:
				out = append(out, raw...)
			}
		})
		g.body = g.body.bytes(graphNode, out)
	}
	return renamed(n.output)
}

// setting is a whole-number attribute of a node.
type setting struct {
	name  string
	value int64
}

// node writes one operation and returns its output.
func (g *graph) node(kind string, in []string, settings ...setting) string {
	return g.nodeTo(g.fresh(), kind, in, settings...)
}

func (g *graph) nodeTo(out, kind string, in []string, settings ...setting) string {
	var m message
	for _, name := range in {
		m = m.text(nodeInput, name)
	}
	m = m.text(nodeOutput, out).text(nodeName, out+":"+kind).text(nodeOp, kind)
	for _, s := range settings {
		const whole = 2 // AttributeProto.INT
		m = m.bytes(nodeAttribute, message{}.text(1, s.name).number(3, uint64(s.value)).number(20, whole))
	}
	g.body = g.body.bytes(graphNode, m)
	return out
}

// floats stores numbers and returns their name.
func (g *graph) floats(values []float32, shape ...int) string {
	raw := make([]byte, 0, 4*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return g.store(kindFloat, raw, shape)
}

// one stores a single number.
func (g *graph) one(v float64) string { return g.floats([]float32{float32(v)}, 1) }

func (g *graph) ints(values []int64) string {
	var raw []byte
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return g.store(kindInt64, raw, []int{len(values)})
}

func (g *graph) store(kind uint64, raw []byte, shape []int) string {
	name, m := g.fresh(), message{}
	for _, d := range shape {
		m = m.number(tensorDims, uint64(d))
	}
	g.body = g.body.bytes(graphInitializer, m.number(tensorType, kind).text(tensorName, name).bytes(tensorRaw, raw))
	return name
}

// port declares an input or output of floats; a size of 0 stays open.
func (g *graph) port(field int, name string, shape ...int) {
	var sizes message
	for _, d := range shape {
		size := message{}.number(1, uint64(d))
		if d == 0 {
			size = message{}.text(2, "N")
		}
		sizes = sizes.bytes(1, size)
	}
	tensor := message{}.number(1, kindFloat).bytes(2, sizes)
	g.body = g.body.bytes(field, message{}.text(infoName, name).bytes(infoType, message{}.bytes(1, tensor)))
}
