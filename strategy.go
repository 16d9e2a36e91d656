package akhra

import (
	"slices"
	"strings"
)

// Rung is one step of the ladder of asking, so that the worth of each can be
// measured (docs/LEARNING.md 4).
type Rung string

// The rungs. Without any, who was asked least is asked first, by chance, and
// annotators are judged by their confusion matrices.
const (
	RungConsensus Rung = "consensus" // annotators are judged; always in force
	RungLeastSure Rung = "leastsure" // ask where the posterior is least sure
	RungModel     Rung = "model"     // a model grows, and its say counts
	RungActive    Rung = "active"    // count answers and weigh people and model in what to ask (ActiveLab)
	RungStart     Rung = "start"     // before there is a model ask typical pictures of every kind (TypiClust)
	RungAccept    Rung = "accept"    // with a target: audit, certificate, the model's say delivered
	RungGroups    Rung = "groups"    // one answer serves near-duplicates, after a spot check of two
	RungMarginal  Rung = "marginal"  // temper the model by the answers themselves, not by the posterior
)

// Rungs are those in force, in the order of the ladder.
type Rungs []Rung

// ladder is every rung in order.
var ladder = Rungs{RungConsensus, RungLeastSure, RungModel, RungActive, RungStart, RungAccept, RungGroups, RungMarginal}

// strategies name what is usual; what is empty means full.
var strategies = map[string]Rungs{
	"random": {RungConsensus, RungModel, RungAccept},
	"margin": {RungConsensus, RungLeastSure, RungModel, RungAccept},
	"full":   {RungConsensus, RungLeastSure, RungModel, RungActive, RungStart, RungAccept},
}

// DefaultStrategy is what an empty strategy means.
const DefaultStrategy = "full"

// Has tells whether a rung is in force.
func (r Rungs) Has(one Rung) bool { return slices.Contains(r, one) }

// ParseStrategy reads random, margin or full, then any +RUNG and -RUNG that
// switch one on or off: full-start, margin+groups. Empty means full.
func ParseStrategy(s string) (Rungs, error) {
	name, rest := s, ""
	if at := strings.IndexAny(s, "+-"); at >= 0 {
		name, rest = s[:at], s[at:]
	}
	if name == "" {
		name = DefaultStrategy
	}
	usual, known := strategies[name]
	if !known {
		return nil, InvalidField("strategy", "The strategy is random, margin or full, not %q.", name)
	}
	on := map[Rung]bool{}
	for _, r := range usual {
		on[r] = true
	}
	for rest != "" {
		sign := rest[0]
		one, after := rest[1:], ""
		if at := strings.IndexAny(one, "+-"); at >= 0 {
			one, after = one[:at], one[at:]
		}
		if r := Rung(one); !ladder.Has(r) || r == RungConsensus {
			return nil, InvalidField("strategy", "The strategy names a rung %q; there are leastsure, model, active, start, accept, groups and marginal.", one)
		}
		on[Rung(one)] = sign == '+'
		rest = after
	}
	var rungs Rungs
	for _, r := range ladder {
		if on[r] {
			rungs = append(rungs, r)
		}
	}
	return rungs, nil
}

// Rungs are those that the project's strategy has in force.
func (s Settings) Rungs() Rungs {
	rungs, err := ParseStrategy(s.Strategy)
	if err != nil { // never stored: Validate refuses it
		return strategies[DefaultStrategy]
	}
	return rungs
}
