package sim

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"akhra.dev/akhra"
)

// noise is how simulated people err.
type noise struct {
	wrong  float64     // chance of a wrong answer of everybody, where skills and shares say nothing
	skills []float64   // of each person: how often she is right
	shares [][]float64 // what is said, by true class: nil means evenly among the others
}

// noiseOf reads how people err from the options; nil when they do not.
func noiseOf(o Options, classes []string) (*noise, error) {
	if !o.Noisy && o.Confusion == "" && len(o.Skills) == 0 {
		return nil, nil
	}
	n := &noise{wrong: o.Noise, skills: o.Skills}
	if o.Confusion == "" {
		return n, nil
	}
	err := n.read(o.Confusion, classes)
	if !o.Noisy {
		n.wrong = -1 // the shares tell
	}
	return n, err
}

// read takes the shares from a table of class, said and share. What is said of
// one class need not sum to 1; a class without rows is never taken for another.
func (n *noise) read(path string, classes []string) error {
	t, err := readTable(path)
	if err != nil {
		return err
	}
	class, said, share := t.column("class", "label"), t.column("said"), t.column("share")
	if class < 0 || said < 0 || share < 0 {
		return akhra.InvalidField("noise-confusion", "The file %s needs the columns class, said and share.", path)
	}
	n.shares = make([][]float64, len(classes))
	for k := range n.shares {
		n.shares[k] = make([]float64, len(classes))
	}
	for line, row := range t.rows {
		k, l := slices.Index(classes, row[class]), slices.Index(classes, row[said])
		p, err := strconv.ParseFloat(row[share], 64)
		if k < 0 || l < 0 || err != nil || !(p >= 0 && p < 1e9) {
			return akhra.InvalidField("noise-confusion", "Line %d of %s does not say how often a class of the labels is taken for another.", line+2, path)
		}
		n.shares[k][l] += p
	}
	for k, row := range n.shares {
		if sum(row) == 0 {
			row[k] = 1
		}
	}
	return nil
}

// say draws what a person names a picture of some class.
func (n *noise) say(dice *rand.Rand, person, truth, classes int) int {
	wrong := n.wrong
	if len(n.skills) > 0 {
		wrong = 1 - n.skills[person%len(n.skills)]
	}
	if wrong < 0 {
		return pick(dice, n.shares[truth], -1)
	}
	if dice.Float64() >= wrong {
		return truth
	}
	if n.shares != nil && sum(n.shares[truth]) > n.shares[truth][truth] {
		return pick(dice, n.shares[truth], truth)
	}
	return (truth + 1 + dice.IntN(classes-1)) % classes
}

// pick draws by shares, one of them left out, -1 for none.
func pick(dice *rand.Rand, shares []float64, without int) int {
	all := sum(shares)
	if without >= 0 {
		all -= shares[without]
	}
	at, last := dice.Float64()*all, 0
	for k, p := range shares {
		if k == without || p == 0 {
			continue
		}
		if last = k; at < p {
			return k
		}
		at -= p
	}
	return last
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}

// imagine is what counting the first 3 and the first 5 answers would give if
// each picture got them from different people.
func (d *data) imagine(n *noise, people int, dice *rand.Rand) (list []Majority) {
	beside := data{classes: d.classes, recorded: true, pool: slices.Clone(d.pool)}
	most := min(5, people)
	for i := range beside.pool {
		p := &beside.pool[i]
		p.answers = nil
		for _, who := range dice.Perm(people)[:most] {
			p.answers = append(p.answers, recorded{who, n.say(dice, who, p.truth, len(d.classes))})
		}
	}
	for _, count := range []int{3, 5} {
		if count <= most {
			list = append(list, beside.majority(count))
		}
	}
	return list
}
