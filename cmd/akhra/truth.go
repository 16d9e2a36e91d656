package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/inference"
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
func (i *inferCommand) Run(c *console.Console) error {
	if !slices.Contains(truth.Names(), i.Method) {
		return usage("there is no method %q; there are %s", i.Method, strings.Join(truth.Names(), ", "))
	}
	in, err := i.read(c)
	if err != nil {
		return err
	}
	f, err := in.Infer(i.Method)
	if err != nil {
		return err
	}
	if i.Posteriors != "" {
		if err := writeTable(i.Posteriors, f.WritePosteriors); err != nil {
			return err
		}
	}
	if i.Annotators != "" {
		if err := writeTable(i.Annotators, f.WriteAnnotators); err != nil {
			return err
		}
	}
	if err := i.tell(c, f); err != nil {
		return err
	}
	if in.refused {
		return console.ErrPartly
	}
	return nil
}

func (i *inferCommand) tell(c *console.Console, f *inference.Inferred) error {
	r := f.Report()
	if i.JSON {
		return json.NewEncoder(c.Out).Encode(r)
	}
	_, err := io.WriteString(c.Out, r.Text())
	return err
}

// crowdFiles are what the files of a crowd say.
type crowdFiles struct {
	inference.Files
	refused bool // some row was
}

func (i *inferCommand) read(c *console.Console) (*crowdFiles, error) {
	f := &crowdFiles{}
	err := f.read(c, i.Answers, func(r io.Reader) (dataset.Refusals, error) {
		return dataset.ReadAnswers(r, func(a dataset.Answer) error { f.Answers = append(f.Answers, a); return nil })
	})
	if err == nil && len(f.Answers) == 0 {
		err = akhra.Errorf(akhra.Invalid, "No row of %s can be used.", i.Answers)
	}
	if err == nil {
		err = f.labels(c, i.Truth, &f.Truth)
	}
	if err == nil {
		err = f.labels(c, i.Gold, &f.Gold)
	}
	return f, err
}

func (f *crowdFiles) labels(c *console.Console, path string, into *[]dataset.Label) error {
	if path == "" {
		return nil
	}
	return f.read(c, path, func(r io.Reader) (dataset.Refusals, error) {
		return dataset.ReadTruth(r, func(l dataset.Label) error { *into = append(*into, l); return nil })
	})
}

// read reads one file and lists its rows that cannot be used.
func (f *crowdFiles) read(c *console.Console, path string, read func(io.Reader) (dataset.Refusals, error)) error {
	file, err := os.Open(path)
	if err != nil {
		return akhra.Errorf(akhra.NotFound, "The file %s cannot be read: %v.", path, console.Reason(err))
	}
	defer file.Close()
	refused, err := read(file)
	for _, row := range refused.First {
		fmt.Fprintf(c.Err, "refused line %d of %s: %s\n", row.Line, path, row.Reason)
	}
	if refused.Count > 0 {
		f.refused = true
		fmt.Fprintf(c.Err, "refused in %s: %d\n", path, refused.Count)
	}
	if err != nil {
		return akhra.Errorf(akhra.CodeOf(err), "%s: %s", path, console.Sentence(err))
	}
	return nil
}

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
