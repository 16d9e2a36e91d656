package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"akhra.dev/akhra"
	"akhra.dev/akhra/sim"
)

type simulateCommand struct {
	Images   string   `help:"Folder of pictures, or one that holds images.zip." placeholder:"DIR"`
	Labels   string   `help:"True classes: file or item, label or class, split." placeholder:"CSV"`
	Answers  string   `help:"Recorded answers." placeholder:"CSV"`
	Noise    *float64 `help:"Chance that a simulated answer is wrong." placeholder:"P"`
	Embedder string   `help:"What turns pictures into numbers." default:"builtin" placeholder:"E"`
	Strategy string   `help:"Order of asking: random or margin." default:"margin" placeholder:"S"`
	Target   float64  `help:"Share of right classes to reach, 0.95 for 95 %." placeholder:"T"`
	Delta    float64  `help:"Allowed chance of breaking the promise." default:"0.1" placeholder:"D"`
	Limit    int      `help:"Use only the first N pictures." placeholder:"N"`
	Split    string   `help:"all: ignore the split column." placeholder:"all"`
	Seed     uint64   `help:"Seed of all chance." default:"1" placeholder:"N"`
	JSON     bool     `name:"json" help:"Print one JSON object."`
}

// Run replays the answers and prints how many were needed.
func (s *simulateCommand) Run(ctx context.Context, c *console) error {
	if s.Answers != "" && s.Noise != nil {
		return usage("answers are either recorded (--answers) or simulated (--noise), not both")
	}
	o := sim.Options{Images: s.Images, Labels: s.Labels, Answers: s.Answers, Embedder: s.Embedder, Strategy: s.Strategy,
		Target: s.Target, Delta: s.Delta, Limit: s.Limit, Split: s.Split, Seed: s.Seed}
	if s.Noise != nil {
		o.Noise, o.Noisy = *s.Noise, true
	}
	bar := newBar(c, "Answers")
	o.Progress = bar.show
	result, err := sim.Run(ctx, o)
	bar.end()
	if akhra.CodeOf(err) == akhra.Invalid {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if s.JSON {
		return json.NewEncoder(c.out).Encode(result)
	}
	return printSimulation(c, result)
}

func printSimulation(c *console, r sim.Result) error {
	fmt.Fprintf(c.out, "%d pictures, %d classes, strategy %s, seed %d, %.1f s\n\n", r.Items, r.Classes, r.Strategy, r.Seed, r.Seconds)
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "answers per picture\tclasses right\tmodel right\t")
	for _, p := range r.Points {
		model := "-"
		if p.ModelAccuracy != nil {
			model = fmt.Sprintf("%.1f %%", 100**p.ModelAccuracy)
		}
		fmt.Fprintf(table, "%.3f\t%.1f %%\t%s\t\n", p.LoopAnswersPerItem, 100*p.LoopLabelAccuracy, model)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	if r.Target > 0 && r.ReachedAtL != nil {
		fmt.Fprintf(c.out, "\n%.1f %% of classes right at %.3f answers per picture\n", 100*r.Target, *r.ReachedAtL)
	} else if r.Target > 0 {
		fmt.Fprintf(c.out, "\n%.1f %% of classes right was not reached\n", 100*r.Target)
	}
	return nil
}
