package onnx

import (
	"errors"
	"fmt"
)

// Session runs a model on inputs of fixed shapes. All its memory is taken when it is
// made; a run takes none. It must not be used by two goroutines at a time.
type Session struct {
	model   *Model
	tensors []Tensor
	plans   []plan
	in      [][]Tensor // of each step
	scratch []float32
	outputs []Tensor
}

// Session fits a model to the shapes of its inputs, one shape an input. It refuses
// shapes that the model cannot take and any that need more than MaxSession bytes.
func (m *Model) Session(shapes ...[]int) (*Session, error) {
	if err := m.fits(shapes); err != nil {
		return nil, err
	}
	s := &Session{model: m, tensors: make([]Tensor, m.values)}
	for id, shape := range shapes {
		s.tensors[id].Shape = append([]int{}, shape...)
	}
	for id, c := range m.constants {
		s.tensors[id] = c
	}
	memory, work := newArena(m), 0.0
	for id := range shapes {
		memory.take(id, product(shapes[id]))
	}
	most := 0
	for i := range m.steps {
		p, err := s.planStep(i)
		if err != nil {
			return nil, fmt.Errorf("%s %w", m.steps[i].label, err)
		}
		memory.step(i, product(p.shape))
		most, work = max(most, p.scratch), work+p.work
		if memory.size+most > maxElements || work > maxWork {
			return nil, errors.New("the model needs too much memory or time for an input of this size")
		}
	}
	s.scratch = make([]float32, most)
	s.lay(memory)
	return s, nil
}

// fits checks shapes against what the file declares.
func (m *Model) fits(shapes [][]int) error {
	if len(shapes) != len(m.Inputs) {
		return fmt.Errorf("the model has %d inputs, not %d", len(m.Inputs), len(shapes))
	}
	for i, p := range m.Inputs {
		if _, err := count(shapes[i]); err != nil {
			return fmt.Errorf("the input %q %w", p.Name, err)
		}
		fit := len(p.Shape) == len(shapes[i])
		for j := range p.Shape {
			fit = fit && (p.Shape[j] == 0 || p.Shape[j] == shapes[i][j])
		}
		if !fit {
			return fmt.Errorf("the input %q takes the shape %v (0 is any size), not %v", p.Name, p.Shape, shapes[i])
		}
	}
	return nil
}

func (s *Session) planStep(i int) (plan, error) {
	step := s.model.steps[i]
	shapes := make([][]int, len(step.in))
	for k, id := range step.in {
		shapes[k] = s.tensors[id].Shape
	}
	p, err := step.plan(shapes)
	if err != nil {
		return p, err
	}
	if _, err := count(p.shape); err != nil {
		return p, err
	}
	s.tensors[step.out].Shape = p.shape
	s.plans = append(s.plans, p)
	return p, nil
}

// lay gives every computed tensor its memory.
func (s *Session) lay(memory *arena) {
	blocks := memory.blocks()
	for id, block := range memory.of {
		if block >= 0 {
			s.tensors[id].Data = blocks[block][:product(s.tensors[id].Shape)]
		}
	}
	for _, step := range s.model.steps {
		in := make([]Tensor, len(step.in))
		for k, id := range step.in {
			in[k] = s.tensors[id]
		}
		s.in = append(s.in, in)
	}
	for _, id := range s.model.results {
		s.outputs = append(s.outputs, s.tensors[id])
	}
}

// Outputs are the outputs of the last run; before the first they hold zeros.
func (s *Session) Outputs() []Tensor { return s.outputs }

// Run computes the outputs from one list of values an input. What it returns is
// overwritten by the next run.
func (s *Session) Run(inputs ...[]float32) ([]Tensor, error) {
	if len(inputs) != len(s.model.Inputs) {
		return nil, fmt.Errorf("the model has %d inputs, not %d", len(s.model.Inputs), len(inputs))
	}
	for id, values := range inputs {
		if len(values) != len(s.tensors[id].Data) {
			return nil, fmt.Errorf("the input %q takes %d values, not %d", s.model.Inputs[id].Name, len(s.tensors[id].Data), len(values))
		}
		copy(s.tensors[id].Data, values)
	}
	for i, p := range s.plans {
		p.run(s.in[i], s.tensors[s.model.steps[i].out].Data, s.scratch)
	}
	return s.outputs, nil
}
