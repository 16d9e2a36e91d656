package dataset

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// Predicted is what a model says of one picture: a probability for each class.
type Predicted struct {
	Name          string
	Probabilities []float64
}

// Predictions writes what a model says, as it comes. Flush at the end.
type Predictions interface {
	Write(p Predicted) error
	Flush() error
}

// NewPredictions writes one line a picture in the format csv (item, class, probability,
// then "p:CLASS" for each class) or jsonl; nil for another format.
func NewPredictions(w io.Writer, format string, classes []string) Predictions {
	switch format {
	case "csv":
		out := csv.NewWriter(w)
		out.UseCRLF = true
		return &predictionTable{out: out, classes: classes}
	case "jsonl":
		return &predictionLines{out: bufio.NewWriter(w), classes: classes}
	}
	return nil
}

type predictionTable struct {
	out     *csv.Writer
	classes []string
	begun   bool
}

// begin writes the columns before anything else.
func (t *predictionTable) begin() error {
	if t.begun {
		return nil
	}
	t.begun = true
	columns := []string{"item", "class", "probability"}
	for _, c := range t.classes {
		columns = append(columns, "p:"+c)
	}
	return t.out.Write(columns)
}

func (t *predictionTable) Write(p Predicted) error {
	if err := t.begin(); err != nil {
		return err
	}
	class, sure, err := top(p, t.classes)
	if err != nil {
		return err
	}
	line := []string{guard(p.Name), guard(class), share(sure)}
	for _, v := range p.Probabilities {
		line = append(line, share(v))
	}
	return t.out.Write(line)
}

func (t *predictionTable) Flush() error {
	err := t.begin()
	if t.out.Flush(); err == nil {
		err = t.out.Error()
	}
	return err
}

func share(v float64) string { return strconv.FormatFloat(v, 'f', 8, 64) }

// top is the most probable class.
func top(p Predicted, classes []string) (class string, sure float64, err error) {
	say := akhra.Prediction{Probabilities: p.Probabilities}
	k, sure := say.Top()
	if k < 0 || len(p.Probabilities) != len(classes) {
		return "", 0, fmt.Errorf("%s has %d probabilities of %d classes", p.Name, len(p.Probabilities), len(classes))
	}
	return classes[k], sure, nil
}

type predictionLines struct {
	out     *bufio.Writer
	classes []string
}

func (l *predictionLines) Write(p Predicted) error {
	class, sure, err := top(p, l.classes)
	if err != nil {
		return err
	}
	line := struct {
		Item          string             `json:"item"`
		Class         string             `json:"class"`
		Probability   float64            `json:"probability"`
		Probabilities map[string]float64 `json:"probabilities"`
	}{p.Name, class, sure, map[string]float64{}}
	for k, v := range p.Probabilities {
		line.Probabilities[l.classes[k]] = v
	}
	return json.NewEncoder(l.out).Encode(line)
}

func (l *predictionLines) Flush() error { return l.out.Flush() }
