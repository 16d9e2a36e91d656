package onnx

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Port is an input or output of a model. A size of 0 is left open by the file.
type Port struct {
	Name  string
	Shape []int
}

// Model is a checked graph. It never changes and is safe for concurrent use.
type Model struct {
	Inputs, Outputs []Port

	values    int            // tensors in the graph: inputs come first
	constants map[int]Tensor // those the file stores
	steps     []step         // in the order of the file, which is one that runs
	results   []int          // the outputs
}

// step is one operation of a graph: which tensors go in and which one comes out.
type step struct {
	operator
	label string
	in    []int
	out   int
}

// Load checks the bytes of an ONNX file and makes a model of them. What cannot be
// run is refused in one sentence that names the node. b is not kept.
func Load(b []byte) (*Model, error) {
	if len(b) > MaxFile {
		return nil, fmt.Errorf("the model is larger than %d MB", MaxFile>>20)
	}
	f, err := readFile(b)
	if err != nil {
		return nil, err
	}
	if f.opset < 7 {
		return nil, fmt.Errorf("the model uses operator set %d: 7 and later are run here", f.opset)
	}
	return newGraph(f).build()
}

// graph is a model in the making.
type graph struct {
	file   *file
	model  *Model
	ids    map[string]int       // computed tensors by name
	stored map[string]*constant // stored ones
	alias  map[string]string    // other names of a tensor
}

func newGraph(f *file) *graph {
	return &graph{file: f, model: &Model{constants: map[int]Tensor{}},
		ids: map[string]int{}, stored: f.constants, alias: map[string]string{}}
}

func (g *graph) build() (*Model, error) {
	if err := g.addInputs(); err != nil {
		return nil, err
	}
	for _, n := range g.file.nodes {
		if err := g.add(n); err != nil {
			return nil, err
		}
	}
	if len(g.file.outputs) == 0 {
		return nil, errors.New("the model has no output")
	}
	for _, p := range g.file.outputs {
		id, ok := g.computed(p.name)
		if !ok {
			return nil, fmt.Errorf("the output %q is computed by no node", p.name)
		}
		g.model.Outputs = append(g.model.Outputs, Port{p.name, p.shape})
		g.model.results = append(g.model.results, id)
	}
	g.fuse()
	return g.model, nil
}

func (g *graph) addInputs() error {
	for _, p := range g.file.inputs {
		if g.stored[p.name] != nil {
			continue // a weight, listed as old files do
		}
		if p.kind != kindFloat {
			return fmt.Errorf("the input %q is not of float32", p.name)
		}
		g.ids[p.name] = g.value()
		g.model.Inputs = append(g.model.Inputs, Port{p.name, p.shape})
	}
	if len(g.model.Inputs) == 0 {
		return errors.New("the model has no input")
	}
	return nil
}

func (g *graph) value() int {
	g.model.values++
	return g.model.values - 1
}

// known follows other names to the first one.
func (g *graph) known(name string) string {
	if first, ok := g.alias[name]; ok {
		return first
	}
	return name
}

// computed returns the number of a tensor that is an input or comes out of an
// earlier node; a stored one of floats is given a number.
func (g *graph) computed(name string) (int, bool) {
	name = g.known(name)
	if id, ok := g.ids[name]; ok {
		return id, true
	}
	c := g.stored[name]
	if c == nil || len(c.floats) == 0 {
		return 0, false
	}
	id := g.value()
	g.ids[name] = id
	g.model.constants[id] = Tensor{c.shape, c.floats}
	return id, true
}

// add makes a step of a node, or notes what a node without work stands for.
func (g *graph) add(n *node) error {
	n.opset = g.file.opset
	if len(n.out) == 0 || n.out[0] == "" {
		return fmt.Errorf("%s has no output", n)
	}
	for _, name := range n.out {
		if _, ok := g.ids[name]; ok || g.stored[name] != nil && name != "" || g.alias[name] != "" {
			return fmt.Errorf("%s gives %q, which exists already", n, name)
		}
	}
	switch n.kind {
	case "Constant":
		return g.addConstant(n)
	case "Identity", "Dropout":
		return g.addAlias(n)
	}
	r, ok := opcodes[n.kind]
	if !ok || n.domain != "" && n.domain != "ai.onnx" {
		return fmt.Errorf("the operator %s of the node %q is not among those that run here", n.kind, n.name)
	}
	return g.addStep(n, r)
}

func (g *graph) addStep(n *node, r opcode) error {
	allowed := strings.Fields(r.settings)
	for name := range n.attributes {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("%s has the setting %q, which is not run here", n, name)
		}
	}
	s := step{label: n.String()}
	for _, name := range n.in {
		n.stored = append(n.stored, g.stored[g.known(name)])
	}
	if len(n.in) < r.least {
		return fmt.Errorf("%s has %d inputs, fewer than %d", n, len(n.in), r.least)
	}
	if s.operator = r.build(n); n.err != nil {
		return n.err
	}
	need := min(r.most, len(n.in))
	if _, ok := s.operator.(*dense); ok {
		need = 1
	}
	for _, name := range n.in[:need] {
		id, ok := g.computed(name)
		if !ok {
			return fmt.Errorf("%s uses %q, which no earlier node computes", n, name)
		}
		s.in = append(s.in, id)
	}
	s.out = g.value()
	g.ids[n.out[0]] = s.out
	g.model.steps = append(g.model.steps, s)
	return nil
}

func (g *graph) addConstant(n *node) error {
	a, ok := n.attributes["value"]
	if !ok || a.tensor == nil {
		return fmt.Errorf("%s holds no tensor", n)
	}
	g.stored[n.out[0]] = a.tensor
	return nil
}

// addAlias lets the output be another name of the input.
func (g *graph) addAlias(n *node) error {
	if len(n.in) == 0 {
		return fmt.Errorf("%s has no input", n)
	}
	from := g.known(n.in[0])
	if _, ok := g.ids[from]; !ok && g.stored[from] == nil {
		return fmt.Errorf("%s uses %q, which no earlier node computes", n, n.in[0])
	}
	g.alias[n.out[0]] = from
	return nil
}

// fuse lets convolutions do what follows them: batch normalisation and a range.
func (g *graph) fuse() {
	m := g.model
	uses := make([]int, m.values)
	for _, s := range m.steps {
		for _, id := range s.in {
			uses[id]++
		}
	}
	for _, id := range m.results {
		uses[id]++
	}
	maker := map[int]int{} // the kept step that computes a tensor, by tensor
	kept := m.steps[:0]
	for _, s := range m.steps {
		if at, ok := maker[s.in[0]]; ok && len(s.in) == 1 && uses[s.in[0]] == 1 {
			if a, can := kept[at].operator.(absorber); can && a.absorb(s.operator) {
				kept[at].out = s.out
				maker[s.out] = at
				continue
			}
		}
		maker[s.out] = len(kept)
		kept = append(kept, s)
	}
	m.steps = kept
	for _, s := range m.steps {
		if p, ok := s.operator.(packer); ok {
			p.pack()
		}
	}
}
