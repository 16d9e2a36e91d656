package inference

import (
	"fmt"
	"slices"
	"strings"

	"akhra.dev/akhra/truth"
)

// Report is what `akhra truth infer --json` prints.
type Report struct {
	Method        string   `json:"method"`
	Items         int      `json:"items"`
	Annotators    int      `json:"annotators"`
	Answers       int      `json:"answers"`
	Classes       int      `json:"classes"`
	Scored        int      `json:"scored"`
	Accuracy      *float64 `json:"accuracy,omitempty"`
	Seconds       float64  `json:"seconds"`
	Iterations    int      `json:"iterations"`
	Converged     bool     `json:"converged"`
	MeanPosterior float64  `json:"mean_posterior"`
	ECE           *float64 `json:"ece,omitempty"`
	Reason        string   `json:"reason,omitempty"`
}

// Report sums up; accuracy and calibration error are there when some item could
// be scored.
func (f *Inferred) Report() Report {
	r := Report{Method: f.method, Items: len(f.crowd.Items), Annotators: len(f.crowd.Annotators), Answers: len(f.crowd.Votes),
		Classes: len(f.crowd.Classes), Seconds: f.seconds, Iterations: f.result.Iterations, Converged: f.result.Converged,
		MeanPosterior: f.meanPosterior()}
	if f.result.Reason != "" {
		r.Reason = f.result.Method + ": " + f.result.Reason
	}
	accuracy, n := f.result.Right(f.real)
	if n > 0 {
		ece := truth.CalibrationError(f.result.Reliability(f.real, 1))
		r.Scored, r.Accuracy, r.ECE = n, &accuracy, &ece
	}
	return r
}

// Text is the report for a person.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d answers of %d annotators to %d items, %d classes\n", r.Answers, r.Annotators, r.Items, r.Classes)
	if r.Accuracy != nil {
		fmt.Fprintf(&b, "accuracy    %.2f %% of %d items\n", 100**r.Accuracy, r.Scored)
	}
	fmt.Fprintf(&b, "method      %s\n", r.Method)
	if r.Reason != "" {
		fmt.Fprintf(&b, "reason      %s\n", r.Reason)
	}
	fmt.Fprintf(&b, "claim       %.2f %%, the mean posterior of the likeliest class\n", 100*r.MeanPosterior)
	if r.ECE != nil {
		fmt.Fprintf(&b, "claim off   by %.2f points, the expected calibration error\n", 100**r.ECE)
	}
	ended := "to rest"
	if !r.Converged {
		ended = "stopped at the limit"
	}
	fmt.Fprintf(&b, "iterations  %d, %s\nseconds     %.3f\n", r.Iterations, ended, r.Seconds)
	return b.String()
}

// meanPosterior is the mean probability of the likeliest class of all items
// but gold.
func (f *Inferred) meanPosterior() float64 {
	sum, n := 0.0, 0
	for i := range f.crowd.Items {
		if f.gold == nil || f.gold[i] < 0 {
			sum += slices.Max(f.result.Row(i))
			n++
		}
	}
	return sum / float64(max(1, n))
}
