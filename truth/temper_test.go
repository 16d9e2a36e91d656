package truth_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra/truth"
)

func TestTemperingKeepsTheBestClassAndReachesBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := distribution(t, rapid.IntRange(1, 6).Draw(t, "classes"), "z")
		rho := rapid.Float64Range(.05, 1.5).Draw(t, "rho")
		out, best := make([]float64, len(z)), slices.Max(z)
		if truth.Temper(z, rho, out); out[slices.Index(z, best)] < slices.Max(out)-1e-12 {
			t.Fatalf("%v became %v", z, out)
		}
		if truth.Temper(z, 1, out); math.Abs(slices.Max(out)-best) > 1e-12 {
			t.Fatalf("an exponent of 1 makes %v of %v", out, z)
		}
		for k := range z {
			z[k] = math.Max(z[k], .01)
		}
		if truth.Temper(z, 1e-9, out); math.Abs(slices.Max(out)-1/float64(len(z))) > 1e-6 {
			t.Fatalf("an exponent near 0 makes %v of %v", out, z)
		}
	})
}

func TestTheExponentFoundUndoesOverconfidence(t *testing.T) {
	const tasks = 4000
	chance, z, real := rand.New(rand.NewPCG(2, 2)), make([]float64, 2*tasks), make([]int, tasks)
	for i := range real {
		p := .5 + .49*chance.Float64()
		if chance.Float64() > p {
			real[i] = 1
		}
		truth.Temper([]float64{p, 1 - p}, 2.5, z[2*i:2*i+2])
	}
	if rho := truth.FitTemper(z, 2, real); math.Abs(rho-.4) > .05 {
		t.Errorf("exponent %.3f undoes one of 2.5, want .4", rho)
	}
	for i := range real[truth.EnoughGold-1:] {
		real[truth.EnoughGold-1+i] = -1
	}
	if rho := truth.FitTemper(z, 2, real); rho != truth.DefaultTemper {
		t.Errorf("%d known tasks gave an exponent of %g", truth.EnoughGold-1, rho)
	}
}

func TestAPerfectCrowdKeepsAUsableExponent(t *testing.T) {
	z, real := make([]float64, 200), make([]int, 100)
	for i := range real {
		z[2*i], z[2*i+1] = .99, .01
	}
	if rho := truth.FitTemper(z, 2, real); !(rho > truth.DefaultTemper && rho <= 1.5) {
		t.Errorf("exponent %g", rho)
	}
	for i := range real {
		real[i] = 1
	}
	if rho := truth.FitTemper(z, 2, real); !(rho >= .05 && rho < .3) {
		t.Errorf("exponent %g where every claim is wrong", rho)
	}
}

// The bars are those of docs/TRUTH.md 6: fifty known tasks, mean of twenty draws.
func TestFiftyKnownTasksTellHowSureToBe(t *testing.T) {
	for set, bar := range map[string]float64{"possent": 5, "rte": 5, "sp_amt": 5, "product": 5, "sp": 5, "dog": 6, "face": 7, "cf_amt": 6} {
		t.Run(set, func(t *testing.T) {
			v, _, real := crowd(t, set)
			r := fit(t, truth.BackedOff{}, v)
			const draws = 20
			mean, worst := 0.0, 0.0
			for seed := range draws {
				known, others := drawnGold(real, 50, rand.New(rand.NewPCG(uint64(seed), 11)))
				table := r.Reliability(others, truth.FitTemper(r.Posterior, r.Classes, known))
				gap := 100 * math.Abs(overall(table).Claimed-overall(table).Right)
				mean, worst = mean+gap/draws, math.Max(worst, gap)
			}
			t.Logf("claimed and right are %.1f points apart, at worst %.1f", mean, worst)
			if mean > bar {
				t.Errorf("claimed and right are %.1f points apart, want %.1f", mean, bar)
			}
		})
	}
}

// drawnGold makes n of the tasks whose truth is known gold, and leaves the others.
func drawnGold(real []int, n int, chance *rand.Rand) (known, others []int) {
	known, others = slices.Repeat([]int{-1}, len(real)), slices.Clone(real)
	for _, i := range chance.Perm(len(real)) {
		if real[i] >= 0 && n > 0 {
			known[i], others[i] = real[i], -1
			n--
		}
	}
	return known, others
}

// overall is a whole reliability table as one bin.
func overall(table []truth.Bin) (all truth.Bin) {
	for _, b := range table {
		all.Tasks += b.Tasks
		all.Claimed += b.Claimed * float64(b.Tasks)
		all.Right += b.Right * float64(b.Tasks)
	}
	all.Claimed /= float64(max(1, all.Tasks))
	all.Right /= float64(max(1, all.Tasks))
	return all
}

// A known task looked at blindly must claim what it would claim were it not known.
func TestAKnownTaskLookedAtBlindlyIsLikeAnyOther(t *testing.T) {
	const tasks, classes = 400, 4
	list, real := planted(tasks, 12, classes, 1600)
	known, _ := drawnGold(real, 60, rand.New(rand.NewPCG(1, 1)))
	v, of := votes(t, tasks, 12, classes, list), answers(tasks, list)
	online, out, again := truth.NewOnline(fit(t, truth.BackedOff{Settings: truth.Settings{Known: known}}, v)), make([]float64, classes), make([]float64, classes)
	for i, k := range known {
		if k < 0 {
			continue
		}
		but := slices.Clone(known)
		but[i] = -1
		want := fit(t, truth.BackedOff{Settings: truth.Settings{Known: but}}, v).Row(i)
		online.Blind(i, k, nil, of[i], out)
		online.Blind(i, k, nil, of[i], again)
		for c := range out {
			if math.Abs(out[c]-want[c]) > .05 || math.Abs(out[c]-again[c]) > 1e-3 {
				t.Fatalf("task %d: blindly %v, then %v, a fit without knowing it %v", i, out, again, want)
			}
		}
	}
}
