package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/truth"
)

type truthCommand struct {
	Infer inferCommand `cmd:"" help:"Tell the class of each item from the answers of several people."`
}

type inferCommand struct {
	Method     string `help:"auto, majority, wawa, ds, bds, one-coin, glad, ibcc or ebcc." default:"auto" placeholder:"M"`
	Answers    string `help:"CSV or CSV.gz with the columns item, annotator (or worker), class (or label)." required:"" placeholder:"CSV"`
	Truth      string `help:"Known classes to score with: item, class (or label)." placeholder:"CSV"`
	Gold       string `help:"Known classes to learn from: item, class (or label)." placeholder:"CSV"`
	Posteriors string `help:"Write the probability of each class for each item." placeholder:"OUT"`
	Annotators string `help:"Write how reliable each annotator is." placeholder:"OUT"`
	JSON       bool   `name:"json" help:"Print one JSON object."`
}

// Run infers the truth of an answers file. Rows that cannot be used are listed
// and the rest is computed.
func (i *inferCommand) Run(c *console) error {
	if !slices.Contains(truth.Names(), i.Method) {
		return usage("there is no method %q; there are %s", i.Method, strings.Join(truth.Names(), ", "))
	}
	in, err := i.read(c)
	if err != nil {
		return err
	}
	f, err := in.infer(i.Method)
	if err != nil {
		return err
	}
	if i.Posteriors != "" {
		if err := writeTable(i.Posteriors, f.writePosteriors); err != nil {
			return err
		}
	}
	if i.Annotators != "" {
		if err := writeTable(i.Annotators, f.writeAnnotators); err != nil {
			return err
		}
	}
	if err := i.tell(c, f); err != nil {
		return err
	}
	if in.refused {
		return errPartly
	}
	return nil
}

func (i *inferCommand) tell(c *console, f *inferred) error {
	r := f.report(i.Method, i.Truth != "")
	if i.JSON {
		return json.NewEncoder(c.out).Encode(r)
	}
	_, err := io.WriteString(c.out, r.text())
	return err
}

// crowdFiles are what the files of a crowd say.
type crowdFiles struct {
	answers     []dataset.Answer
	truth, gold []dataset.Label
	refused     bool // some row was
}

func (i *inferCommand) read(c *console) (*crowdFiles, error) {
	f := &crowdFiles{}
	err := f.read(c, i.Answers, func(r io.Reader) (dataset.Refusals, error) {
		return dataset.ReadAnswers(r, func(a dataset.Answer) error { f.answers = append(f.answers, a); return nil })
	})
	if err == nil && len(f.answers) == 0 {
		err = akhra.Errorf(akhra.Invalid, "No row of %s can be used.", i.Answers)
	}
	if err == nil {
		err = f.labels(c, i.Truth, &f.truth)
	}
	if err == nil {
		err = f.labels(c, i.Gold, &f.gold)
	}
	return f, err
}

func (f *crowdFiles) labels(c *console, path string, into *[]dataset.Label) error {
	if path == "" {
		return nil
	}
	return f.read(c, path, func(r io.Reader) (dataset.Refusals, error) {
		return dataset.ReadTruth(r, func(l dataset.Label) error { *into = append(*into, l); return nil })
	})
}

// read reads one file and lists its rows that cannot be used.
func (f *crowdFiles) read(c *console, path string, read func(io.Reader) (dataset.Refusals, error)) error {
	file, err := os.Open(path)
	if err != nil {
		return akhra.Errorf(akhra.NotFound, "The file %s cannot be read: %v.", path, reason(err))
	}
	defer file.Close()
	refused, err := read(file)
	for _, row := range refused.First {
		fmt.Fprintf(c.err, "refused line %d of %s: %s\n", row.Line, path, row.Reason)
	}
	if refused.Count > 0 {
		f.refused = true
		fmt.Fprintf(c.err, "refused in %s: %d\n", path, refused.Count)
	}
	if err != nil {
		return akhra.Errorf(akhra.CodeOf(err), "%s: %s", path, sentence(err))
	}
	return nil
}

// infer fits a method; gold stays fixed and is not scored. Where there is
// enough of it, it tells how much the other posteriors may claim.
func (f *crowdFiles) infer(method string) (*inferred, error) {
	start := time.Now()
	crowd := dataset.NewCrowd(f.answers, f.truth, f.gold)
	votes, err := truth.NewVotes(len(crowd.Items), len(crowd.Annotators), len(crowd.Classes), crowd.Votes)
	if err != nil {
		return nil, fmt.Errorf("number answers: %w", err)
	}
	out, rho := &inferred{crowd: crowd, real: crowd.Known(f.truth)}, 1.0
	if f.gold != nil {
		out.gold = crowd.Known(f.gold)
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
