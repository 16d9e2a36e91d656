// Package inference tells the class of each item from the answers of several
// people, read from files and no server: the methods of truth over the tables of
// dataset, told as a report and as two tables. It reads and writes no file itself.
//
//	f := inference.Files{Answers: answers}
//	inferred, err := f.Infer("auto")
//	fmt.Print(inferred.Report().Text())
package inference

import (
	"fmt"
	"time"

	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/truth"
)

// Files are what the files of a crowd say.
type Files struct {
	Answers []dataset.Answer
	Truth   []dataset.Label // classes to score with, nil for none
	Gold    []dataset.Label // classes to learn from, nil for none
}

// Infer fits a method; gold stays fixed and is not scored. Where there is
// enough of it, it tells how much the other posteriors may claim.
func (f *Files) Infer(method string) (*Inferred, error) {
	start := time.Now()
	crowd := dataset.NewCrowd(f.Answers, f.Truth, f.Gold)
	votes, err := truth.NewVotes(len(crowd.Items), len(crowd.Annotators), len(crowd.Classes), crowd.Votes)
	if err != nil {
		return nil, fmt.Errorf("number answers: %w", err)
	}
	out, rho := &Inferred{method: method, crowd: crowd, real: crowd.Known(f.Truth)}, 1.0
	if f.Gold != nil {
		out.gold = crowd.Known(f.Gold)
		if rho, err = temper(method, votes, out.gold); err != nil {
			return nil, err
		}
	}
	if out.result, err = fit(method, votes, truth.Settings{Known: out.gold}); err != nil {
		return nil, err
	}
	out.settle(rho)
	out.seconds = time.Since(start).Seconds()
	return out, nil
}

// Inferred is the truth of a crowd as a method sees it.
type Inferred struct {
	method  string // that was asked for
	crowd   *dataset.Crowd
	result  *truth.Result
	seconds float64 // from answers in memory to posteriors
	real    []int   // class per item to score with, -1 for none
	gold    []int   // class per item that was known, nil for none
}

// settle makes gold certain whatever the method does with it, and takes it out
// of the score. The other posteriors are tempered by rho, which leaves their
// order as it is.
func (f *Inferred) settle(rho float64) {
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

func fit(method string, v *truth.Votes, s truth.Settings) (*truth.Result, error) {
	m, err := truth.Named(method, s)
	if err != nil {
		return nil, err
	}
	return m.Fit(v)
}

// temper is the exponent that gold asks for, 1 when there is too little: the
// posteriors it looks at come from a fit that does not know the gold.
func temper(method string, v *truth.Votes, gold []int) (float64, error) {
	n := 0
	for _, k := range gold {
		if k >= 0 {
			n++
		}
	}
	if n < truth.EnoughGold {
		return 1, nil
	}
	r, err := fit(method, v, truth.Settings{})
	if err != nil {
		return 1, err
	}
	return truth.FitTemper(r.Posterior, r.Classes, gold), nil
}
