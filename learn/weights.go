package learn

import "slices"

// What is believed of agreement before there is any: as if agreedBefore of
// meetingsBefore answers had met another that said the same.
const (
	agreedBefore   = 8
	meetingsBefore = 10
)

// Answered is what people and the model say of an item.
type Answered[ID comparable] struct {
	Class int // of the consensus
	Model int // the model's out-of-fold class, -1 without
	By    []ID
	Said  []int // by each of them, -1 for no class
}

// Weights are the says of people and the model in ActiveLab.
type Weights[ID comparable] struct {
	Model, Mean float64
	Each        map[ID]float64 // nil where all are alike
}

// Strangers are the weights before there is a model: people alone speak, all alike.
func Strangers[ID comparable]() Weights[ID] { return Weights[ID]{Mean: 1} }

// Of is the say of somebody, that of an average person where she is not known.
func (w Weights[ID]) Of(who ID) float64 {
	if own, known := w.Each[who]; known {
		return own
	}
	return w.Mean
}

// meetings count how often answers agree with others to the same item.
type meetings struct{ agreed, of float64 }

func (m *meetings) share(before meetings) float64 {
	return (m.agreed + before.agreed) / (m.of + before.of)
}

// crowd are the meetings of everybody, in the order in which people appear, so
// that sums come out the same every time.
type crowd[ID comparable] struct {
	order []ID
	each  map[ID]*meetings
}

func (c *crowd[ID]) of(who ID) *meetings {
	if c.each[who] == nil {
		c.each[who] = &meetings{}
		c.order = append(c.order, who)
	}
	return c.each[who]
}

// Weigh works the weights of ActiveLab out. Nobody's agreement is believed from
// few answers: it is drawn towards that of all. alike is for answers without usable
// names. Cost: the answers, times those to the same item.
func Weigh[ID comparable](items []Answered[ID], classes int, alike bool) Weights[ID] {
	met, all := crowd[ID]{each: map[ID]*meetings{}}, &meetings{}
	counts, answers, wrong, heard := make([]float64, classes), 0.0, 0.0, 0.0
	for i := range items {
		it := &items[i]
		counts[it.Class]++
		answers += float64(len(it.Said))
		if it.Model >= 0 {
			heard++
			if it.Model != it.Class {
				wrong++
			}
		}
		it.meet(&met, all)
	}
	if heard == 0 {
		return Strangers[ID]()
	}
	asked := float64(len(items))
	baseline := 1 - slices.Max(counts)/asked
	common := all.share(meetings{agreedBefore, meetingsBefore})
	w := Weights[ID]{Model: ModelWeight(wrong/heard, baseline, answers/asked), Mean: AnnotatorWeight(common, baseline)}
	if alike || len(met.order) == 0 {
		return w
	}
	w.Each, w.Mean = map[ID]float64{}, 0
	for _, who := range met.order {
		own := AnnotatorWeight(met.each[who].share(meetings{meetingsBefore * common, meetingsBefore}), baseline)
		w.Each[who] = own
		w.Mean += own / float64(len(met.order))
	}
	return w
}

// meet counts for everybody who answered how often others agree.
func (it *Answered[ID]) meet(met *crowd[ID], all *meetings) {
	for i, who := range it.By {
		if it.Said[i] < 0 {
			continue
		}
		own := met.of(who)
		for j, said := range it.Said {
			if i == j || said < 0 {
				continue
			}
			same := 0.0
			if said == it.Said[i] {
				same = 1
			}
			own.agreed, own.of = own.agreed+same, own.of+1
			all.agreed, all.of = all.agreed+same, all.of+1
		}
	}
}
