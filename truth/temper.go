package truth

import "math"

const (
	// DefaultTemper is the exponent while fewer than EnoughGold tasks are known.
	DefaultTemper = 0.7
	// EnoughGold is how many known tasks it takes to fit an exponent.
	EnoughGold = 50
)

// The exponents that are tried (docs/TRUTH.md 6).
const leastTemper, mostTemper = 0.05, 1.5

// goldPrior is how many tasks of a fit's own claim at DefaultTemper stand
// beside the known ones, so that few of them do not throw the exponent about.
const goldPrior = 5

// Temper writes T(z, rho), z to the power of rho and normalised, into out: rho
// below 1 tells how sure to be of an over-confident posterior (docs/TRUTH.md 6).
func Temper(z []float64, rho float64, out []float64) {
	for k, p := range z {
		out[k] = rho * math.Log(math.Max(p, 1e-300))
	}
	normalise(out)
}

// FitTemper finds the exponent of [Temper] from the posteriors, Tasks x
// classes, of tasks whose truth is known, negative where not. The posteriors
// must not have seen that truth: see [Online.Blind]. With fewer than EnoughGold
// known tasks it is DefaultTemper.
//
// It is the geometric mean of two exponents, each drawn towards DefaultTemper:
// that of least log loss, which uses every claim but which few errors far out
// can rule, and that at which the mean claim is the share of right classes,
// which is without bias but throws more. Together they claim closer to what is
// so than either alone (docs/adr/0007-tempering.md). Cost: some hundred passes
// over the known tasks.
func FitTemper(z []float64, classes int, truth []int) float64 {
	g := newGold(z, classes, truth)
	if len(g.truth) < EnoughGold {
		return DefaultTemper
	}
	byLoss := lowest(math.Log(leastTemper), math.Log(mostTemper), func(x float64) float64 {
		_, loss := g.at(math.Exp(x))
		return loss + math.Pow(x-math.Log(DefaultTemper), 2)/2
	})
	claim, _ := g.at(DefaultTemper)
	right := (g.right + goldPrior*claim) / (float64(len(g.truth)) + goldPrior)
	byClaim := lowest(math.Log(leastTemper), math.Log(mostTemper), func(x float64) float64 {
		claim, _ := g.at(math.Exp(x))
		return math.Abs(claim - right)
	})
	return math.Exp((byLoss + byClaim) / 2)
}

// gold are the posteriors of known tasks.
type gold struct {
	z     [][]float64
	truth []int
	right float64 // how many classes are right, among tied ones by expectation
	out   []float64
}

func newGold(z []float64, classes int, truth []int) *gold {
	g := &gold{out: make([]float64, classes)}
	for i, k := range truth {
		if k >= 0 {
			row := z[i*classes : (i+1)*classes]
			g.z, g.truth, g.right = append(g.z, row), append(g.truth, k), g.right+expectedRight(row, k)
		}
	}
	return g
}

// at is the mean claim and the log loss under an exponent.
func (g *gold) at(rho float64) (claim, loss float64) {
	for n, z := range g.z {
		Temper(z, rho, g.out)
		class, _ := Top(g.out)
		claim += g.out[class] / float64(len(g.z))
		loss -= math.Log(math.Max(g.out[g.truth[n]], 1e-12))
	}
	return claim, loss
}

// lowest is where a function with one valley is least, within a thousandth of
// the way from low to high (golden section search: J. Kiefer, 1953).
func lowest(low, high float64, f func(float64) float64) float64 {
	ratio := (math.Sqrt(5) - 1) / 2
	a, b := high-ratio*(high-low), low+ratio*(high-low)
	fa, fb := f(a), f(b)
	for end := (high - low) / 1000; high-low > end; {
		if fa < fb {
			high, b, fb = b, a, fa
			a = high - ratio*(high-low)
			fa = f(a)
		} else {
			low, a, fa = a, b, fb
			b = low + ratio*(high-low)
			fb = f(b)
		}
	}
	return (low + high) / 2
}
