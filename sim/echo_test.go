package sim_test

import (
	"testing"

	"akhra.dev/akhra/sim"
)

// TestRun_ACrowdThatEchoesLosesLittle: people who accept four of ten wrong
// proposals end at most one point below the same people asked blind.
func TestRun_ACrowdThatEchoesLosesLittle(t *testing.T) {
	t.Parallel()
	dir, labels := stripes(t, 900)
	cache := &sim.Cache{}
	end := func(propose bool) (float64, *sim.Proposals) {
		r, err := sim.Run(t.Context(), sim.Options{Images: dir, Labels: labels, Strategy: "full-accept", Noise: .02, Noisy: true,
			Propose: propose, Echo: .4, Seed: 5, Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		return r.Points[len(r.Points)-1].LabelAccuracy, r.Proposals
	}
	blind, none := end(false)
	echoed, shown := end(true)
	if none != nil || shown == nil || shown.Shown < 50 || shown.Wrong == 0 {
		t.Fatalf("shown to those asked blind %+v, to the others %+v", none, shown)
	}
	if share := float64(shown.Accepted) / float64(shown.Wrong); share < .1 || share > .8 {
		t.Errorf("%d of %d wrong proposals were accepted, want about .4", shown.Accepted, shown.Wrong)
	}
	if echoed < blind-.01 {
		t.Errorf("%.4f right by proposals, %.4f blind", echoed, blind)
	}
	t.Logf("%.4f right by proposals (%+v), %.4f blind", echoed, *shown, blind)
}
