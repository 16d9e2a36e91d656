package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"text/tabwriter"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/sim"
)

type simulateCommand struct {
	Images    string    `help:"Folder of pictures, or one that holds images.zip." placeholder:"DIR"`
	Labels    string    `help:"True classes: file or item, label or class, split." placeholder:"CSV"`
	Answers   string    `help:"Recorded answers." placeholder:"CSV"`
	Noise     *float64  `help:"Chance that a simulated answer is wrong." placeholder:"P"`
	Confusion string    `name:"noise-confusion" help:"How classes are taken for each other: class, said, share." placeholder:"CSV"`
	Skills    []float64 `name:"noise-skills" help:"How often each simulated person is right: .95,.8,.6." placeholder:"P,..."`
	Propose   bool      `help:"Show people what a sure model would name, blind first."`
	Echo      float64   `help:"Chance that somebody accepts a proposal she would not have named." placeholder:"P"`
	Embedder  string    `help:"What turns pictures into numbers: builtin, onnx:FILE or onnx:FILE@SIDE, several joined by commas." default:"builtin" placeholder:"E"`
	Strategy  string    `help:"Order of asking: random, margin or full, then +RUNG and -RUNG to switch a step on or off." default:"full" placeholder:"S"`
	Target    float64   `help:"Share of right classes to reach, 0.95 for 95 %." placeholder:"T"`
	Delta     float64   `help:"Allowed chance of breaking the promise." default:"0.1" placeholder:"D"`
	Audit     int       `help:"Pictures drawn for the audit; 0 leaves it to the rule." placeholder:"N"`
	Limit     int       `help:"Use only the first N pictures." placeholder:"N"`
	Split     string    `help:"all: ignore the split column." placeholder:"all"`
	Seed      uint64    `help:"Seed of all chance." default:"1" placeholder:"N"`
	Plot      string    `help:"Draw right classes by answers, random sampling and majorities beside, as SVG." placeholder:"OUT"`
	JSON      bool      `name:"json" help:"Print one JSON object."`
}

// Run replays the answers and prints how many were needed.
func (s *simulateCommand) Run(ctx context.Context, c *console.Console) error {
	if s.Answers != "" && (s.Noise != nil || s.Confusion != "" || len(s.Skills) > 0) {
		return usage("answers are either recorded (--answers) or simulated (--noise), not both")
	}
	o := sim.Options{Images: s.Images, Labels: s.Labels, Answers: s.Answers, Embedder: s.Embedder, Strategy: s.Strategy,
		Target: s.Target, Delta: s.Delta, Audit: s.Audit, Limit: s.Limit, Split: s.Split, Seed: s.Seed, Propose: s.Propose, Echo: s.Echo}
	if s.Noise != nil {
		o.Noise, o.Noisy = *s.Noise, true
	}
	o.Confusion, o.Skills, o.Cache = s.Confusion, s.Skills, &sim.Cache{}
	bar := c.Bar("Answers")
	o.Progress = bar.Show
	result, err := sim.Run(ctx, o)
	if err == nil && s.Plot != "" {
		err = plot(ctx, s.Plot, o, result)
	}
	bar.End()
	if akhra.CodeOf(err) == akhra.Invalid {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	if s.JSON {
		return json.NewEncoder(c.Out).Encode(result)
	}
	return printSimulation(c, result)
}

// plot draws a simulation into a file; random sampling is run for it.
func plot(ctx context.Context, path string, o sim.Options, result sim.Result) error {
	o.Strategy = "random"
	random, err := sim.Run(ctx, o)
	if err != nil {
		return err
	}
	var drawing bytes.Buffer
	if err := sim.Plot(&drawing, result, random); err != nil {
		return err
	}
	if err := os.WriteFile(path, drawing.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the drawing: %w", err)
	}
	return nil
}

func printSimulation(c *console.Console, r sim.Result) error {
	fmt.Fprintf(c.Out, "%d pictures, %d classes, strategy %s, seed %d, %.1f s\n\n", r.Items, r.Classes, r.Strategy, r.Seed, r.Seconds)
	table := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
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
	for _, m := range r.Majority {
		fmt.Fprintf(c.Out, "\nmajority of %.2f answers per picture: %.1f %%", m.AnswersPerItem, 100*m.LabelAccuracy)
	}
	if len(r.Majority) > 0 {
		fmt.Fprintln(c.Out)
	}
	if p := r.Proposals; p != nil {
		fmt.Fprintf(c.Out, "\nproposals shown %d, not what she would have said %d, of these accepted %d\n", p.Shown, p.Wrong, p.Accepted)
	}
	if r.Target > 0 && r.ReachedAtL != nil {
		fmt.Fprintf(c.Out, "\n%.1f %% of classes right at %.3f answers per picture\n", 100*r.Target, *r.ReachedAtL)
	} else if r.Target > 0 {
		fmt.Fprintf(c.Out, "\n%.1f %% of classes right was not reached\n", 100*r.Target)
	}
	return printCertificate(c, r)
}

// printCertificate says what was proved of the delivery, if it was asked for.
func printCertificate(c *console.Console, r sim.Result) error {
	look := r.Certificate
	switch {
	case look == nil && r.Target > 0:
		fmt.Fprintln(c.Out, "the audit was not tested: its answers are not complete")
	case look != nil && look.Passed:
		fmt.Fprintf(c.Out, "certified at %.3f answers per picture: at most %.1f wrong of 100, sure %.0f times of 100 (%d wrong of %d drawn at random)\n",
			*r.Certified, 100*look.Bound, 100*(1-r.Delta), look.Wrong, look.Audit)
		fmt.Fprintf(c.Out, "delivered: %.1f %% of classes right, %d pictures without an answer\n", 100**r.Delivered, look.Accepted)
	case look != nil:
		fmt.Fprintf(c.Out, "not certified: %d wrong of %d drawn at random, so up to %.1f of 100 may be\n", look.Wrong, look.Audit, 100*look.Bound)
	}
	return nil
}
