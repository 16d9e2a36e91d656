package loop

import (
	"fmt"
	"math"
	"testing"

	"akhra.dev/akhra"
)

// kinds are pictures of four kinds that lie far apart, the last ones few.
func kinds(n int) *project {
	p := ranked(n, "full")
	p.version, p.weights = 1, strangers()
	for i, it := range p.items {
		it.say, it.sure, it.margin = nil, 0, 0
		kind := min(3, 4*i/n)
		if i >= n-n/20 {
			kind = 3
		} else if kind == 3 {
			kind = 0
		}
		it.vector = make([]float32, 4)
		it.vector[kind] = 10
		it.vector[(kind+1)%4] = float32(i%7) / 10
	}
	return p
}

func TestTheStartShowsEveryKind(t *testing.T) {
	t.Parallel()
	p := kinds(400)
	p.prepare()
	seen := map[int]bool{}
	for _, s := range p.rank(startLeast, "") {
		for kind, v := range p.at[s.Item].vector {
			if v == 10 {
				seen[kind] = true
			}
		}
	}
	if len(seen) != 4 {
		t.Errorf("the first questions show the kinds %v of four", seen)
	}
	if first, again := p.rank(startLeast, ""), p.rank(startLeast, ""); first[0] != again[0] {
		t.Error("the same project starts with other pictures")
	}
}

func TestTheStartNeverNamesAnAuditPicture(t *testing.T) {
	t.Parallel()
	p := kinds(60)
	for i, it := range p.items {
		it.audit = i%2 == 0
	}
	p.prepare()
	for it := range p.start.at {
		if it.audit {
			t.Errorf("picture %s of the audit is asked for its looks", it.id)
		}
	}
}

// crowded are pictures that several people answered, the first person always
// as the model and the others say, the last one as chance has it.
func crowded(n int) *project {
	p := ranked(n, "full")
	for i, it := range p.items {
		k := i % 2
		say := []float64{.1, .9}
		if k == 0 {
			say = []float64{.9, .1}
		}
		it.hear(say)
		it.votes = []vote{{id: akhra.AnnotationID(fmt.Sprint(i)), annotator: "good", class: k}, {id: akhra.AnnotationID(fmt.Sprint(i, "b")), annotator: "fair", class: k},
			{id: akhra.AnnotationID(fmt.Sprint(i, "c")), annotator: "chance", class: i / 2 % 2}}
		it.truth = &posterior{class: k, z: say, state: akhra.TaskOpen, wants: 1, value: .1}
	}
	return p
}

func TestWhoAgreesWithOthersWeighsMore(t *testing.T) {
	t.Parallel()
	p := crowded(400)
	p.weigh()
	w := p.weights
	if !(w.Each["good"] > w.Each["chance"]+.2) || math.Abs(w.Each["good"]-w.Each["fair"]) > .05 {
		t.Errorf("people weigh %v", w.Each)
	}
	if !(w.Model > w.Each["good"]) { // it is never wrong, and each answer of many strengthens it
		t.Errorf("the model weighs %g, who is right three times of four %g", w.Model, w.Each["good"])
	}
}

func TestOfEquallySurePicturesTheOneWithFewerAnswersIsAskedFirst(t *testing.T) {
	t.Parallel()
	p := crowded(40)
	p.weigh()
	one := p.items[0]
	few := *one
	few.votes = one.votes[:1]
	if !(p.quality(&few) < p.quality(one)) {
		t.Errorf("quality %g with one answer, %g with three", p.quality(&few), p.quality(one))
	}
	none := *one
	none.votes = nil
	if !(p.quality(&none) < p.quality(&few)) {
		t.Errorf("quality %g without answers, %g with one", p.quality(&none), p.quality(&few))
	}
}

func TestWithOneClassNothingIsDividedByNought(t *testing.T) {
	t.Parallel()
	p := crowded(10)
	for _, it := range p.items {
		it.votes = it.votes[:1]
		it.votes[0].class, it.truth.class = 0, 0
		it.hear([]float64{1, 0})
	}
	p.weigh()
	if q := p.quality(p.items[0]); math.IsNaN(q) || q < 0 || q > 1 {
		t.Errorf("quality %g, weights %+v", q, p.weights)
	}
}
