package inference

import (
	"encoding/csv"
	"strconv"
)

// WritePosteriors writes the probability of each class for each item.
func (f *Inferred) WritePosteriors(w *csv.Writer) error {
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

// WriteAnnotators writes each annotator's answers, accuracy and, where the
// method has them, its 90 % interval and a confusion matrix: the column "a>b"
// is how often she says b when a is true.
func (f *Inferred) WriteAnnotators(w *csv.Writer) error {
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
func (f *Inferred) tally() (answers []int, right []float64) {
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
