package onnx

// arena shares memory among tensors that are not needed at the same time.
type arena struct {
	model *Model
	last  []int // the step that reads a tensor last, by tensor
	of    []int // the block of a tensor, -1 for none
	sizes []int // of the blocks
	free  []int // blocks whose tensor was read for the last time
	size  int   // values of all blocks
}

func newArena(m *Model) *arena {
	a := &arena{model: m, last: make([]int, m.values), of: make([]int, m.values)}
	for id := range a.of {
		a.of[id], a.last[id] = -1, -1
	}
	for i, s := range m.steps {
		for _, id := range s.in {
			a.last[id] = i
		}
	}
	for _, id := range m.results {
		a.last[id] = len(m.steps) // outputs stay
	}
	return a
}

// step gives the output of step i its block and frees those it read last.
func (a *arena) step(i, size int) {
	s := a.model.steps[i]
	a.take(s.out, size)
	for _, id := range s.in {
		if a.last[id] == i && a.of[id] >= 0 && id >= len(a.model.Inputs) {
			a.free = append(a.free, a.of[id])
			a.last[id] = -1 // a tensor read twice by one step is freed once
		}
	}
}

// take finds the smallest free block that is large enough, else makes the largest
// free one larger, else a new one.
func (a *arena) take(id, size int) {
	best := -1
	for i, block := range a.free {
		if best < 0 {
			best = i
			continue
		}
		have, now := a.sizes[a.free[best]], a.sizes[block]
		if have < size && now > have || now >= size && now < have {
			best = i
		}
	}
	if best < 0 {
		a.sizes = append(a.sizes, 0)
		a.free = append(a.free, len(a.sizes)-1)
		best = len(a.free) - 1
	}
	block := a.free[best]
	a.free = append(a.free[:best], a.free[best+1:]...)
	a.size += max(0, size-a.sizes[block])
	a.sizes[block] = max(size, a.sizes[block])
	a.of[id] = block
}

func (a *arena) blocks() [][]float32 {
	list := make([][]float32, len(a.sizes))
	for i, size := range a.sizes {
		list[i] = make([]float32, size)
	}
	return list
}
