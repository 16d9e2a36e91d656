package truth

import (
	"math"
	"slices"
)

// guessing is backed-off Dawid-Skene by variational Bayes in which a task may
// also be too hard: then everybody guesses, as all guess, and only few know.
// It keeps a crowd that is split over a hard task from being read as sure
// evidence for a rare class.
type guessing struct {
	*em
	share float64   // of the tasks that are guessed
	guess []float64 // P(answer) of who does not know
	ratio []float64 // what an answer weighs for its own class, for the others 1
	knew  []float64 // chance that who is right there did not guess
}

const (
	// knowing is the chance that somebody knows the answer to a hard task.
	knowing = 0.1
	// guessed is the share of hard tasks from which a fit begins.
	guessed = 0.1
	// bayesStrength is the strength of the prior under expected logarithms,
	// which take about half a count from every cell.
	bayesStrength = 5
	// guessRest is the mean change of a posterior at which a fit ends: on the
	// way to a tenth of it no set becomes more accurate.
	guessRest = 5e-4
)

// run fits with tasks that are guessed, or without them.
func (g *guessing) run(withGuesses bool) *Result {
	g.variational, g.rest = true, guessRest
	if !withGuesses {
		return g.em.run(func() { g.backOff(bayesStrength) }, nil)
	}
	g.weighs, g.walk = true, g.expect
	for _, c := range g.chunks {
		c.guesses = make([]float64, g.k)
	}
	first := g.chunks[0] // begins with what all answered
	first.guessed = guessed * float64(g.v.answered)
	for _, a := range g.v.list {
		first.guesses[a.class]++
	}
	return g.em.run(func() {
		g.learnGuesses()
		g.backOff(bayesStrength)
	}, nil)
}

// learnGuesses takes the share of guessed tasks and what people guess there
// anew, from what the chunks found.
func (g *guessing) learnGuesses() {
	tasks := 1.0
	for _, c := range g.chunks {
		tasks += c.guessed
	}
	g.share = tasks / (float64(g.v.answered) + 10)
	g.guess, g.ratio, g.knew = make([]float64, g.k), make([]float64, g.k), make([]float64, g.k)
	all := 0.0
	for k := range g.guess {
		g.guess[k] = 1
		for _, c := range g.chunks {
			g.guess[k] += c.guesses[k]
		}
		all += g.guess[k]
	}
	for k, n := range g.guess {
		p := (1 - knowing) * n / all
		g.guess[k], g.ratio[k], g.knew[k] = p, 1+knowing/p, knowing/(knowing+p)
	}
}

// expect is the E-step of a chunk, as em's, over tasks that are judged and tasks
// that are guessed.
func (g *guessing) expect(c *chunk) {
	clear(c.counts)
	clear(c.tasks)
	clear(c.guesses)
	c.moved, c.guessed = 0, 0
	hard := make([]float64, g.k)
	for i := c.from; i < c.to; i++ {
		rows := g.rows[g.v.start[i]:g.v.start[i+1]]
		if len(rows) == 0 {
			continue
		}
		g.begin(i, c.weights)
		copy(hard, c.weights)
		guess := g.mix(i, g.multiply(rows, c.weights), c.weights, hard)
		c.guessed += guess
		for _, a := range g.v.of(i) {
			c.guesses[a.class] += guess - hard[a.class]*g.knew[a.class]
		}
		g.normalise(i, c.weights)
		z := g.row(i)
		for k, w := range c.weights {
			c.moved += math.Abs(w - z[k])
			z[k] = w
		}
		c.add(rows, z)
	}
}

// mix adds to the weights of a task's classes, which are e^scale of theirs, what
// they weigh if the task is guessed. Hard holds what the classes weigh before
// any answer, and then the chance of each that the task is of it and guessed;
// mix returns their sum.
func (g *guessing) mix(task int, scale float64, weights, hard []float64) (guessed float64) {
	base, top := g.product(g.v.of(task), hard)
	base = g.share / (1 - g.share) * base
	if shift := top - scale; shift > 0 {
		for k := range weights {
			weights[k] *= math.Exp(-shift)
		}
	} else if shift < 0 {
		base *= math.Exp(shift)
	}
	all, known := 0.0, g.em.known(task)
	for k := range weights {
		hard[k] *= base
		weights[k] += hard[k]
		if known < 0 || known == k {
			all += weights[k]
		} else {
			hard[k] = 0
		}
	}
	for k := range hard {
		hard[k] /= all
		guessed += hard[k]
	}
	return guessed
}

// product multiplies what the classes weigh by their guessed answers: all of
// them by base and e^top as well.
func (g *guessing) product(answers []said, hard []float64) (base, top float64) {
	base = 1
	for n, a := range answers {
		base *= g.guess[a.class]
		hard[a.class] *= g.ratio[a.class]
		if n%block == block-1 {
			largest := slices.Max(hard)
			for k := range hard {
				hard[k] /= largest
			}
			base, top = 1, top+math.Log(base)+math.Log(largest)
		}
	}
	return base, top
}
