package dataset

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"akhra.dev/akhra"
)

// Line is one picture of a JSON Lines file. Its keys are a contract with
// people's scripts.
type Line struct {
	Item         akhra.ItemID    `json:"id"`
	Name         string          `json:"item"`
	SHA256       string          `json:"sha256"`
	Class        string          `json:"class"`
	Posterior    float64         `json:"posterior"`
	State        akhra.TaskState `json:"state"`
	Source       string          `json:"source"`
	Method       string          `json:"method"`
	ModelVersion int64           `json:"model_version"`
	Batch        string          `json:"batch"`
	Answers      []LineAnswer    `json:"answers"`
}

// LineAnswer is one person's standing answer about the picture of its line.
type LineAnswer struct {
	ID        akhra.AnnotationID `json:"id"`
	Annotator string             `json:"annotator"`
	Answer    akhra.Answer       `json:"answer"`
	Class     string             `json:"class,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	AfterSeen bool               `json:"after_seen,omitempty"`
	Round     int                `json:"round"`
	Stored    akhra.Millis       `json:"stored_ms"`
	TookMs    int64              `json:"took_ms"`
}

// WriteLines writes one JSON object for each picture that next hands over,
// each on a line of its own.
func WriteLines(w io.Writer, next func(func(akhra.Row, []akhra.Vote) error) error) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := next(func(r akhra.Row, votes []akhra.Vote) error { return encoder.Encode(lineOf(r, votes)) }); err != nil {
		return fmt.Errorf("write lines: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write lines: %w", err)
	}
	return nil
}

func lineOf(r akhra.Row, votes []akhra.Vote) Line {
	l := Line{Item: r.Item, Name: r.Name, SHA256: r.Blob, Class: r.Class, Posterior: r.Posterior, State: r.State, Source: r.Source,
		Method: r.Method, ModelVersion: r.ModelVersion, Batch: r.Batch, Answers: make([]LineAnswer, 0, len(votes))}
	for _, v := range votes {
		l.Answers = append(l.Answers, LineAnswer{ID: v.ID, Annotator: v.Annotator, Answer: v.Answer, Class: v.Class, Reason: v.Reason,
			AfterSeen: v.AfterSeen, Round: v.Round, Stored: v.Stored, TookMs: v.TookMs})
	}
	return l
}
