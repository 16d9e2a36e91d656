package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// How much one page shows.
const (
	defaultPage = 60
	taughtShown = 6
)

// ItemView is one picture and what people and model made of it.
type ItemView struct {
	ID        akhra.ItemID    `json:"id"`
	Name      string          `json:"name"`
	Width     int             `json:"width"`
	Height    int             `json:"height"`
	Thumb     string          `json:"thumb"`
	URL       string          `json:"url"`
	Class     akhra.ClassID   `json:"class" doc:"Empty while nobody said one"`
	Posterior float64         `json:"posterior" doc:"Of that class"`
	Answers   int             `json:"answers"`
	State     akhra.TaskState `json:"state" enum:"open,done,review"`
	Thinks    akhra.ClassID   `json:"thinks,omitempty" doc:"What the model thinks, where it may be told"`
	Removed   akhra.Millis    `json:"removed,omitempty" doc:"When it was taken out of the project"`
	Gold      akhra.ClassID   `json:"gold,omitempty" doc:"Its known class; only for who may set one, so that nobody can tell while answering"`
}

// ItemDetail is one picture with its answers and what taught the model.
type ItemDetail struct {
	ItemView
	Batch    *BatchRef         `json:"batch" doc:"That it is in, null for none"`
	Round    int               `json:"round" doc:"How often it was asked anew"`
	Votes    []VoteView        `json:"votes" doc:"Of the newest round"`
	Earlier  []VoteView        `json:"earlier" doc:"Of rounds before: history"`
	Weights  []float64         `json:"weights,omitempty" doc:"Posterior of each live class, in their order"`
	Thought  *door.ThoughtView `json:"thought"`
	TaughtBy []TaughtClass     `json:"taughtBy"`
	Decided  *DecisionView     `json:"decided" doc:"What a reviewer decided, null when nobody did"`
	Others   []OtherView       `json:"others" doc:"What models elsewhere said, by the tables that were brought in"`
}

// BatchRef names a batch.
type BatchRef struct {
	ID   akhra.BatchID `json:"id"`
	Name string        `json:"name"`
}

// OtherView is what a model elsewhere said.
type OtherView struct {
	Source string        `json:"source"`
	Class  akhra.ClassID `json:"class"`
	P      float64       `json:"p" doc:"0 when it was not told"`
}

// VoteView is one answer; who gave it is for those who lead.
type VoteView struct {
	Annotator string       `json:"annotator"`
	Answer    akhra.Answer `json:"answer"`
	Class     string       `json:"class" doc:"Name of the class"`
	AfterSeen bool         `json:"afterSeen"`
	Round     int          `json:"round"`
	Stored    akhra.Millis `json:"stored"`
}

// TaughtClass is the nearest pictures of one class that taught the model.
type TaughtClass struct {
	Class akhra.ClassID `json:"class"`
	Items []TaughtItem  `json:"items"`
}

// TaughtItem is one of them; Yours when the caller's own answer taught it.
type TaughtItem struct {
	ID    akhra.ItemID `json:"id"`
	Thumb string       `json:"thumb"`
	Yours bool         `json:"yours"`
}

func (a *room) routeItems() {
	type one struct {
		door.InProject
		Item akhra.ItemID `path:"item" maxLength:"40"`
	}
	door.Register(a.Door, "item", func(ctx context.Context, in *one) (*door.Body[ItemDetail], error) {
		return door.Answer(a.item(ctx, door.CallerIn(ctx), in.Project, in.Item))
	})
}

func (a *room) viewItems(ctx context.Context, c *door.Caller, t akhra.Tenant, items []akhra.Item) ([]ItemView, error) {
	out := make([]ItemView, len(items))
	for i, one := range items {
		e, err := a.DB.Entry(ctx, t, one.ID)
		if err != nil {
			return nil, fmt.Errorf("read what is settled: %w", err)
		}
		out[i] = ItemView{ID: one.ID, Name: one.Name, Width: one.Width, Height: one.Height, Thumb: door.PictureURL(t.Project, one.ID, 0),
			URL:   door.PictureURL(t.Project, one.ID, len(akhra.VariantSides)-1),
			Class: e.Class, Posterior: e.P, Answers: e.Asked, State: e.State, Removed: one.Removed}
		if akhra.May(c.User.Role, akhra.ActSetGold) {
			out[i].Gold = e.Gold
		}
	}
	return out, nil
}

func (a *room) item(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.ItemID) (ItemDetail, error) {
	t := c.Tenant(project)
	one, err := a.DB.Item(ctx, t, id)
	if err != nil {
		return ItemDetail{}, err
	}
	views, err := a.viewItems(ctx, c, t, []akhra.Item{one})
	if err != nil {
		return ItemDetail{}, err
	}
	out := ItemDetail{ItemView: views[0], TaughtBy: []TaughtClass{}, Others: []OtherView{}}
	if out.Batch, err = a.batchOf(ctx, t, one.Batch); err != nil {
		return out, err
	}
	thought, ok := a.Engine.Portrait.Thought(ctx, t, id)
	if ok && !thought.Audit { // who may adjudicate must not be led
		out.Thought = door.ViewThought(t, thought)
	}
	if !thought.Audit {
		if out.Others, err = a.others(ctx, t, id); err != nil {
			return out, err
		}
	}
	if err := a.votes(ctx, c, t, id, &out); err != nil {
		return out, err
	}
	truths, err := a.DB.ConsensusOf(ctx, t, []akhra.ItemID{id})
	if err != nil {
		return out, fmt.Errorf("read consensus: %w", err)
	}
	out.Weights = truths[id].Posterior
	if out.Decided, err = a.decision(ctx, t, truths[id].Task); err != nil {
		return out, err
	}
	if out.Decided != nil {
		out.Decided.Gold = false // the field gold tells it, and only to who may set it
	}
	for _, class := range shownClasses(out) {
		taught, err := a.taught(ctx, c, t, id, class)
		if err != nil {
			return out, err
		}
		if len(taught.Items) > 0 {
			out.TaughtBy = append(out.TaughtBy, taught)
		}
	}
	return out, nil
}

// others is what models elsewhere said of a picture.
func (a *room) others(ctx context.Context, t akhra.Tenant, id akhra.ItemID) ([]OtherView, error) {
	says, err := a.DB.OtherSays(ctx, t, id)
	if err != nil {
		return nil, fmt.Errorf("read what models elsewhere said: %w", err)
	}
	out := make([]OtherView, 0, len(says))
	for _, one := range says {
		out = append(out, OtherView{one.Source, one.Class, one.P})
	}
	return out, nil
}

// shownClasses are the classes whose teachers are shown: what the model thinks
// and, where people say another, that one.
func shownClasses(d ItemDetail) []akhra.ClassID {
	var out []akhra.ClassID
	if d.Thought != nil {
		out = append(out, d.Thought.Class)
	}
	if d.Class != "" && (d.Thought == nil || d.Thought.Class != d.Class) {
		out = append(out, d.Class)
	}
	return out
}

func (a *room) taught(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.ItemID, class akhra.ClassID) (TaughtClass, error) {
	out := TaughtClass{Class: class, Items: []TaughtItem{}}
	near := a.Engine.Portrait.Taught(ctx, t, id, class, taughtShown)
	hers, err := a.DB.Answered(ctx, t, c.User.ID, near)
	if err != nil {
		return out, fmt.Errorf("read one's own answers: %w", err)
	}
	for _, one := range near {
		out.Items = append(out.Items, TaughtItem{ID: one, Thumb: door.ThumbOf(t, one), Yours: hers[one]})
	}
	return out, nil
}

// votes are the answers of the newest round, and those of rounds before.
func (a *room) votes(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.ItemID, out *ItemDetail) error {
	votes, err := a.DB.VotesOf(ctx, t, id)
	if err != nil {
		return fmt.Errorf("read answers: %w", err)
	}
	entry, err := a.DB.Entry(ctx, t, id)
	if err != nil {
		return fmt.Errorf("read the newest round: %w", err)
	}
	hide := door.Pseudonyms(c)
	out.Round, out.Votes, out.Earlier = entry.Round, []VoteView{}, []VoteView{}
	for _, v := range votes {
		one := VoteView{Annotator: hide(v.Annotator), Answer: v.Answer, Class: v.Class, AfterSeen: v.AfterSeen, Round: v.Round, Stored: v.Stored}
		if v.Round == entry.Round {
			out.Votes = append(out.Votes, one)
		} else {
			out.Earlier = append(out.Earlier, one)
		}
	}
	return nil
}
