package truth

import (
	"math"
	"slices"
)

// Risk is the least expected loss of deciding now for one class of a posterior.
// Loss holds Classes x Classes losses, truth as row and decision as column;
// nil means that every error costs 1, so that the risk is the chance of one.
// Stopping asks the tempered posterior (docs/TRUTH.md 6).
func Risk(z, loss []float64) float64 {
	k, least, sum := len(z), math.Inf(1), 0.0
	if loss == nil {
		for _, p := range z {
			sum += p
		}
		return max(0, sum-slices.Max(z))
	}
	for decision := range z {
		expected := 0.0
		for truth, p := range z {
			expected += p * loss[truth*k+decision]
		}
		least = math.Min(least, expected)
	}
	return least
}

// Value is how much one more answer lowers the risk of a task, in the mean over
// what its annotator may say (the expected value of sample information: H.
// Raiffa and R. Schlaifer, "Applied Statistical Decision Theory", 1961):
//
//	V = risk(z) - sum over l of risk(z_k pi[k][l])
//
// where risk takes weights that are not normalised, so that each is already
// times the chance of its answer. Confusion is hers, truth as row. V is never
// negative; it is 0 when no single answer can change the decision, where
// [ExpectedAnswers] still tells tasks apart. Cost: classes squared, cubed with
// losses.
func Value(z, confusion, loss []float64) float64 {
	k, after, joint := len(z), 0.0, make([]float64, len(z))
	for answer := range z {
		for truth, p := range z {
			joint[truth] = p * confusion[truth*k+answer]
		}
		after += Risk(joint, loss)
	}
	return max(0, Risk(z, loss)-after)
}

// ExpectedAnswers is about how many more answers of one annotator a posterior
// needs until its chance of error is at most risk: the log odds still missing
// between the best class and the second, over what one answer gives (A. Wald,
// "Sequential tests of statistical hypotheses", 1945),
//
//	n = (log((1-risk)/risk) - log(z_1/z_2)) / sum over l of pi[1][l] log(pi[1][l]/pi[2][l])
//
// It is 0 when the posterior is there and +Inf when her answers do not tell
// the two classes apart.
func ExpectedAnswers(z, confusion []float64, risk float64) float64 {
	if len(z) < 2 {
		return 0
	}
	k, first, second := len(z), 0, -1
	for c := 1; c < k; c++ {
		if z[c] > z[first] {
			first, second = c, first
		} else if second < 0 || z[c] > z[second] {
			second = c
		}
	}
	missing := math.Log((1-risk)/risk) - math.Log(z[first]/z[second])
	if missing <= 0 {
		return 0
	}
	return missing / divergence(confusion[first*k:(first+1)*k], confusion[second*k:(second+1)*k])
}

// divergence is the Kullback-Leibler divergence of two rows, in nats.
func divergence(p, q []float64) (sum float64) {
	for l := range p {
		if p[l] > 0 {
			sum += p[l] * math.Log(p[l]/q[l])
		}
	}
	return max(0, sum)
}
