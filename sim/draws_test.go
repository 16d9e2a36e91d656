package sim

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/learn"
)

const (
	auditDraws = 100
	auditItems = 300
	breaks     = 0.1 // allowed chance that a certificate is wrong
)

// TestCertificatesOverManyAuditDraws replays right answers once and draws the
// audit 100 times (docs/LEARNING.md 6): at least 80 certify, and of these no more
// are wrong than the promise allows, within two standard errors.
func TestCertificatesOverManyAuditDraws(t *testing.T) {
	for _, c := range []struct {
		set   string
		limit int
	}{{"clothing", 0}, {"cifar10n", 4000}} {
		t.Run(c.set, func(t *testing.T) {
			dir := filepath.Join("..", "..", "shared", "data", "images", c.set)
			labels := filepath.Join(dir, "labels.csv")
			if _, err := os.Stat(labels); err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatal("../shared is missing")
				}
				t.Skip("../shared is missing")
			}
			if testing.Short() {
				t.Skip("it replays thousands of answers")
			}
			drawMany(t, Options{Images: dir, Labels: labels, Strategy: "full", Delta: breaks, Limit: c.limit, Split: "all", Most: .35, Seed: 1}, .95)
		})
	}
}

func drawMany(t *testing.T, o Options, target float64) {
	t.Helper()
	pool, all := deliveries(t, o)
	chance := rand.New(rand.NewPCG(o.Seed, 100))
	passed, broken, accepted := 0, 0, 0.0
	for range auditDraws {
		var audit []learn.Audited
		for _, i := range chance.Perm(len(all))[:auditItems] {
			audit = append(audit, all[i].Audited)
		}
		d := learn.CertifyDelivered(pool, audit, 1-target, breaks)
		if !d.Passed {
			continue
		}
		wrong, share := delivered(all, d.Threshold)
		if passed, accepted = passed+1, accepted+share; wrong > 1-target {
			broken++
		}
	}
	t.Logf("%d of %d draws certify %.0f %%, the model decides %.1f %% of the unanswered, %d of the certificates are wrong",
		passed, auditDraws, 100*target, 100*accepted/float64(max(1, passed)), broken)
	if passed < 80 {
		t.Errorf("%d of 100 certify, want 80", passed)
	}
	if limit := breaks + 2*math.Sqrt(breaks*(1-breaks)/float64(max(1, passed))); float64(broken) > limit*float64(passed) {
		t.Errorf("%d of %d certificates are wrong, at most %.0f %% may be", broken, passed, 100*limit)
	}
}

// delivery is what is delivered of one picture, by whom.
type delivery struct {
	learn.Audited
	answered bool
}

// delivered is the share wrong when the model decides from a threshold on what
// nobody has answered, and the share of the unanswered that it decides.
func delivered(all []delivery, threshold float64) (wrong, share float64) {
	open, decided := 0, 0
	for _, d := range all {
		if d.answered {
			continue
		}
		if open++; d.Margin >= threshold {
			decided++
			if d.ModelWrong {
				wrong += 1 / float64(len(all))
			}
		}
	}
	return wrong, float64(decided) / float64(max(1, open))
}

// deliveries replays answers and tells of every picture whether somebody has
// answered it, and what the model would deliver.
func deliveries(t *testing.T, o Options) (pool []float64, all []delivery) {
	t.Helper()
	if err := o.fill(); err != nil {
		t.Fatal(err)
	}
	d, err := read(o)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(t.Context(), o, d)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := w.replay(t.Context(), &Result{}); err != nil {
		t.Fatal(err)
	}
	all = make([]delivery, len(d.pool))
	for i := range all {
		all[i].Margin, all[i].ModelWrong = -1, true
	}
	err = w.engine.Loop.Says(t.Context(), w.tenant, func(item akhra.ItemID, p []float64) {
		one := &all[w.at[item]]
		one.Margin, one.ModelWrong = learn.Margin(p), argmax(p) != d.pool[w.at[item]].truth
	})
	if err != nil {
		t.Fatal(err)
	}
	err = w.db.AllConsensus(t.Context(), w.tenant, func(c akhra.Consensus) error {
		if one := &all[w.at[c.Item]]; c.Asked > 0 {
			one.answered, one.Margin = true, -1
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if !one.answered {
			pool = append(pool, one.Margin)
		}
	}
	return pool, all
}
