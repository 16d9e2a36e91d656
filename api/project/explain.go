package project

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/portrait"
)

// ExplainView is what the model knows and why, beside the progress. It names no
// picture that somebody may still be asked about.
type ExplainView struct {
	Sure    []SureView    `json:"sure" doc:"How often it was right on blind answers, by how sure it was; least sure first"`
	Between []BetweenView `json:"between" doc:"The classes it hesitates between most, of pictures that want an answer"`
	Waiting WaitingView   `json:"waiting" doc:"Pictures that want an answer, by why"`
	Cases   []CaseView    `json:"cases" doc:"A hard picture of each class, and what taught the model"`
}

// SureView is one row of how well the model knows itself.
type SureView struct {
	From  int    `json:"from" doc:"Sure from so many of ten"`
	To    int    `json:"to"`
	Right int    `json:"right"`
	Of    int    `json:"of"`
	Words string `json:"words" enum:"ok,few"`
}

// BetweenView is two classes that the model hesitates between.
type BetweenView struct {
	A        akhra.ClassID `json:"a" doc:"The one it would name"`
	B        akhra.ClassID `json:"b"`
	Pictures int           `json:"pictures"`
}

// WaitingView counts the pictures that want an answer.
type WaitingView struct {
	Unsure int `json:"unsure"`
	Sure   int `json:"sure" doc:"The model is sure of them: they come last"`
	Differ int `json:"differ" doc:"People differ, or several are asked"`
	Unseen int `json:"unseen" doc:"It has no opinion yet"`
}

// CaseView is a settled picture and what the model thought of it.
type CaseView struct {
	Thumb     string        `json:"thumb"`
	Settled   akhra.ClassID `json:"settled"`
	Thought   akhra.ClassID `json:"thought" doc:"Without this picture's own answers"`
	RightOf10 int           `json:"rightOf10" doc:"How often of ten it was right when it was this sure"`
	Near      []TaughtView  `json:"near" doc:"The taught pictures nearest to it, of the classes in question"`
}

// TaughtView is a picture that taught the model, and who answered it: names for
// those who lead, oneself for those who answer, nobody for a client.
type TaughtView struct {
	Thumb string        `json:"thumb"`
	Class akhra.ClassID `json:"class"`
	Yours bool          `json:"yours"`
	By    []string      `json:"by"`
}

func (a *room) routeExplain() {
	door.Register(a.Door, "explain", func(ctx context.Context, in *door.InProject) (*door.Body[ExplainView], error) {
		return door.Answer(a.explain(ctx, door.CallerIn(ctx), in.Project))
	})
}

func (a *room) explain(ctx context.Context, c *door.Caller, project akhra.ProjectID) (ExplainView, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return ExplainView{}, err
	}
	e, err := a.Engine.Portrait.Explain(ctx, t)
	if err != nil {
		return ExplainView{}, fmt.Errorf("explain the model: %w", err)
	}
	names, err := a.namesFor(ctx, c, t)
	if err != nil {
		return ExplainView{}, err
	}
	v := ExplainView{Sure: []SureView{}, Between: []BetweenView{}, Waiting: WaitingView(e.Waiting), Cases: []CaseView{}}
	for _, s := range e.Sure {
		words := "ok"
		if s.Few {
			words = "few"
		}
		v.Sure = append(v.Sure, SureView{From: s.From, To: s.To, Right: s.Right, Of: s.Of, Words: words})
	}
	for _, b := range e.Between {
		v.Between = append(v.Between, BetweenView(b))
	}
	for _, l := range e.Cases {
		v.Cases = append(v.Cases, viewCase(c, t, l, names))
	}
	return v, nil
}

// namesFor are the people of a project by id, for those who lead them; empty
// for everybody else.
func (a *room) namesFor(ctx context.Context, c *door.Caller, t akhra.Tenant) (map[akhra.UserID]string, error) {
	names := map[akhra.UserID]string{}
	if !akhra.May(c.User.Role, akhra.ActManageProject) {
		return names, nil
	}
	people, err := a.DB.PerAnnotator(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read who answered: %w", err)
	}
	for _, p := range people {
		names[p.User] = p.Name
	}
	return names, nil
}

func viewCase(c *door.Caller, t akhra.Tenant, l portrait.Case, names map[akhra.UserID]string) CaseView {
	v := CaseView{Thumb: door.ThumbOf(t, l.Item), Settled: l.Settled, Thought: l.Thought, RightOf10: l.RightOf10, Near: []TaughtView{}}
	for _, n := range l.Near {
		one := TaughtView{Thumb: door.ThumbOf(t, n.Item), Class: n.Class, By: []string{}, Yours: slices.Contains(n.Annotators, c.User.ID)}
		for _, id := range n.Annotators {
			if name := names[id]; name != "" && id != c.User.ID {
				one.By = append(one.By, name)
			}
		}
		v.Near = append(v.Near, one)
	}
	return v
}
