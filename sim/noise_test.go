package sim

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

// said are the shares of what is named for a class, by many draws.
func said(n *noise, person, truth, classes int) []float64 {
	dice := rand.New(rand.NewPCG(1, 9))
	counts := make([]float64, classes)
	for range 20000 {
		counts[n.say(dice, person, truth, classes)] += 1. / 20000
	}
	return counts
}

func TestNoiseErrsAsItIsTold(t *testing.T) {
	t.Parallel()
	confusion := written(t, "class,said,share\na,a,6\na,b,3\na,c,1\nb,b,1\nb,c,1\n")
	for name, c := range map[string]struct {
		o      Options
		person int
		truth  int
		want   []float64
	}{
		"evenly":                             {Options{Noisy: true, Noise: .3}, 0, 1, []float64{.15, .7, .15}},
		"by the table":                       {Options{Confusion: confusion}, 0, 0, []float64{.6, .3, .1}},
		"by the table's kinds, so often":     {Options{Confusion: confusion, Noisy: true, Noise: .2}, 0, 0, []float64{.8, .15, .05}},
		"a class without rows is never lost": {Options{Confusion: confusion}, 0, 2, []float64{0, 0, 1}},
		"the first person":                   {Options{Skills: []float64{.9, .5}}, 0, 0, []float64{.9, .05, .05}},
		"the second, by the table's kinds":   {Options{Skills: []float64{.9, .5}, Confusion: confusion}, 1, 1, []float64{0, .5, .5}},
	} {
		n, err := noiseOf(c.o, []string{"a", "b", "c"})
		if err != nil {
			t.Fatal(err)
		}
		for k, share := range said(n, c.person, c.truth, 3) {
			if math.Abs(share-c.want[k]) > .015 {
				t.Errorf("%s: class %d is named for %.3f of the pictures, want %.3f", name, k, share, c.want[k])
			}
		}
	}
}

func TestRun_RefusesNoiseThatIsNone(t *testing.T) {
	t.Parallel()
	labels := written(t, "item,label\np,x\nq,y\n")
	for name, o := range map[string]Options{
		"skill above one":    {Skills: []float64{1.2}},
		"noise and skills":   {Skills: []float64{.9}, Noisy: true, Noise: .1},
		"an unknown class":   {Confusion: written(t, "class,said,share\nx,z,1\n")},
		"a share below 0":    {Confusion: written(t, "class,said,share\nx,y,-1\n")},
		"no share":           {Confusion: written(t, "class,said\nx,y\n")},
		"recorded and noise": {Skills: []float64{.9}, Answers: labels},
	} {
		o.Labels = labels
		if _, err := Run(t.Context(), o); akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// crowdOf is a simulation of people of different skill, without pictures.
func crowdOf(t *testing.T, items int, skills ...float64) Options {
	t.Helper()
	var labels strings.Builder
	labels.WriteString("item,label\n")
	for i := range items {
		fmt.Fprintf(&labels, "p%d,%d\n", i, i%3)
	}
	return Options{Labels: written(t, labels.String()), Skills: skills, Seed: 2, Target: .9, Strategy: "full"}
}

func TestRun_PeopleOfDifferentSkill(t *testing.T) {
	t.Parallel()
	r := run(t, crowdOf(t, 240, .95, .95, .9, .6))
	last := r.Points[len(r.Points)-1]
	if len(r.Majority) != 1 || math.Abs(r.Majority[0].AnswersPerItem-3) > 1e-9 {
		t.Fatalf("beside stands %+v", r.Majority)
	}
	if last.AnswersPerItem > 3 || last.LabelAccuracy < r.Majority[0].LabelAccuracy-.04 {
		t.Errorf("%.3f right with %.2f answers, a majority of three gives %.3f", last.LabelAccuracy, last.AnswersPerItem, r.Majority[0].LabelAccuracy)
	}
}

// TestPlotIsADrawing: it is well-formed, holds both curves, the target and the
// majority, and no coordinate leaves it.
func TestPlotIsADrawing(t *testing.T) {
	t.Parallel()
	o := crowdOf(t, 120, .9, .9, .8)
	r := run(t, o)
	o.Strategy = "random"
	var out bytes.Buffer
	if err := Plot(&out, r, run(t, o)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
		t.Error("a coordinate is no number")
	}
	paths, words := 0, ""
	d := xml.NewDecoder(&out)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "path" && len(e.Attr) > 0 && strings.Contains(e.Attr[0].Value, "L") {
				paths++
			}
		case xml.CharData:
			words += string(e)
		}
	}
	for _, want := range []string{"random sampling", "full", "90 % wanted", "majority of 3", "Answers per picture"} {
		if !strings.Contains(words, want) {
			t.Errorf("the drawing does not say %q", want)
		}
	}
	if paths != 2 {
		t.Errorf("%d curves, want the run's and that of random sampling", paths)
	}
}

func TestPlotBearsARunWithoutPoints(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Plot(&out, Result{Strategy: "<full>"}, Result{}); err != nil || strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "<full>") {
		t.Errorf("%v\n%s", err, out.String())
	}
}
