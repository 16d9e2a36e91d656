package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/truth"
)

// inferred is the truth of a crowd as a method sees it.
type inferred struct {
	crowd   *dataset.Crowd
	result  *truth.Result
	seconds float64 // from answers in memory to posteriors
	real    []int   // class per item to score with, -1 for none
	gold    []int   // class per item that was known, nil for none
}

// settle makes gold certain whatever the method does with it, and takes it out
// of the score. The other posteriors are tempered by rho, which leaves their
// order as it is.
func (f *inferred) settle(rho float64) {
	for i := range f.crowd.Items {
		row := f.result.Row(i)
		if f.gold != nil && f.gold[i] >= 0 {
			clear(row)
			row[f.gold[i]], f.real[i] = 1, -1
		} else if rho != 1 {
			truth.Temper(row, rho, row)
		}
	}
}

// inferReport is what `akhra truth infer --json` prints.
type inferReport struct {
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

func (f *inferred) report(method string, scored bool) inferReport {
	r := inferReport{Method: method, Items: len(f.crowd.Items), Annotators: len(f.crowd.Annotators), Answers: len(f.crowd.Votes),
		Classes: len(f.crowd.Classes), Seconds: f.seconds, Iterations: f.result.Iterations, Converged: f.result.Converged,
		MeanPosterior: f.meanPosterior()}
	if f.result.Reason != "" {
		r.Reason = f.result.Method + ": " + f.result.Reason
	}
	accuracy, n := f.result.Right(f.real)
	if scored && n > 0 {
		ece := truth.CalibrationError(f.result.Reliability(f.real, 1))
		r.Scored, r.Accuracy, r.ECE = n, &accuracy, &ece
	}
	return r
}

// text is the report for a person.
func (r *inferReport) text() string {
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
func (f *inferred) meanPosterior() float64 {
	sum, n := 0.0, 0
	for i := range f.crowd.Items {
		if f.gold == nil || f.gold[i] < 0 {
			sum += slices.Max(f.result.Row(i))
			n++
		}
	}
	return sum / float64(max(1, n))
}

// writePosteriors writes the probability of each class for each item.
func (f *inferred) writePosteriors(w *csv.Writer) error {
	if err := w.Write(append([]string{"item"}, f.crowd.Classes...)); err != nil {
		return err
	}
	for i, item := range f.crowd.Items {
		row := []string{item}
		for _, z := range f.result.Row(i) {
			row = append(row, probability(z))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// writeAnnotators writes each annotator's answers, accuracy and, where the
// method has them, its 90 % interval and a confusion matrix: the column "a>b"
// is how often she says b when a is true.
func (f *inferred) writeAnnotators(w *csv.Writer) error {
	header := []string{"annotator", "answers", "accuracy", "low", "high"}
	for _, real := range f.crowd.Classes {
		for _, said := range f.crowd.Classes {
			if f.result.Confusion != nil {
				header = append(header, real+">"+said)
			}
		}
	}
	if err := w.Write(header); err != nil {
		return err
	}
	answers, right := f.tally()
	k := len(f.crowd.Classes)
	for j, annotator := range f.crowd.Annotators {
		row := []string{annotator, strconv.Itoa(answers[j]), probability(right[j]), "", ""}
		if f.result.Low != nil {
			row[3], row[4] = probability(f.result.Low[j]), probability(f.result.High[j])
		}
		if f.result.Confusion != nil {
			for _, p := range f.result.Confusion[j*k*k : (j+1)*k*k] {
				row = append(row, probability(p))
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// tally counts each annotator's answers and the share of them that is right:
// as the method has it, else by the posteriors.
func (f *inferred) tally() (answers []int, right []float64) {
	answers, right = make([]int, len(f.crowd.Annotators)), make([]float64, len(f.crowd.Annotators))
	for _, v := range f.crowd.Votes {
		answers[v.Annotator]++
		right[v.Annotator] += f.result.Row(v.Task)[v.Class]
	}
	for j, n := range answers {
		right[j] /= float64(n)
	}
	if f.result.Accuracy != nil {
		right = f.result.Accuracy
	}
	return answers, right
}

func probability(p float64) string { return strconv.FormatFloat(p, 'f', 6, 64) }

// writeTable writes a CSV file that appears only when it is whole.
func writeTable(path string, write func(*csv.Writer) error) error {
	return writeWhole(path, func(to io.Writer) error {
		w := csv.NewWriter(to)
		err := write(w)
		if w.Flush(); err == nil {
			err = w.Error()
		}
		return err
	})
}
