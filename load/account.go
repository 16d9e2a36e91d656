package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/history"
)

// account compares what people were told with what the projects deliver.
func (c *crowd) account(ctx context.Context) (history.Account, error) {
	var there []history.Answer
	for _, p := range c.target.Projects {
		lines, err := c.export(ctx, p)
		if err != nil {
			return history.Account{}, err
		}
		for _, l := range lines {
			there = append(there, c.mine(l)...)
		}
	}
	return c.history.Check(there, nil), nil
}

// mine are the answers of a line that count and, where others answer too, that
// were sent from here.
func (c *crowd) mine(l dataset.Line) (mine []history.Answer) {
	for _, a := range l.Answers {
		if a.Answer == akhra.AnswerClass && (c.target.Alone || c.history.Knows(string(a.ID))) {
			mine = append(mine, history.Answer{ID: string(a.ID), Who: a.Annotator, Item: string(l.Item), Class: a.Class})
		}
	}
	return mine
}

func (c *crowd) export(ctx context.Context, p Project) (lines []dataset.Line, err error) {
	one, err := dial(ctx, c.target.Base)
	if err != nil {
		return nil, err
	}
	defer one.close()
	status, body, err := one.ask("GET", "/api/projects/"+string(p.ID)+"/export?format=jsonl", c.target.Owner, nil)
	if err != nil {
		return nil, err
	}
	if status != http.StatusOK {
		return nil, fmt.Errorf("export: %d %s", status, body)
	}
	for in := json.NewDecoder(bytes.NewReader(body)); in.More(); {
		var l dataset.Line
		if err := in.Decode(&l); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}
