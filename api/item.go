package api

import (
	"context"
	"fmt"
	"strconv"

	"akhra.dev/akhra"
)

// How much one page shows.
const (
	defaultPage = 60
	maxPage     = 200
	taughtShown = 6
)

// ItemPage is pictures in the order they came.
type ItemPage struct {
	Items []ItemView `json:"items"`
	Next  string     `json:"next" doc:"Cursor of the next page, empty on the last"`
}

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
}

// ItemDetail is one picture with its answers and what taught the model.
type ItemDetail struct {
	ItemView
	Votes    []VoteView    `json:"votes"`
	Weights  []float64     `json:"weights,omitempty" doc:"Posterior of each live class, in their order"`
	Thought  *ThoughtView  `json:"thought"`
	TaughtBy []TaughtClass `json:"taughtBy"`
}

// VoteView is one answer; who gave it is for those who lead.
type VoteView struct {
	Annotator string       `json:"annotator"`
	Answer    akhra.Answer `json:"answer"`
	Class     string       `json:"class" doc:"Name of the class"`
	AfterSeen bool         `json:"afterSeen"`
	Stored    akhra.Millis `json:"stored"`
}

// ThoughtView is what the model thought of a picture.
type ThoughtView struct {
	Class     akhra.ClassID `json:"class"`
	RightOf10 int           `json:"rightOf10" doc:"How often of ten it was right when it was this sure"`
	Near      []NearView    `json:"near"`
}

// NearView is a picture that taught it.
type NearView struct {
	Item  akhra.ItemID  `json:"item"`
	Thumb string        `json:"thumb"`
	Class akhra.ClassID `json:"class"`
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

func (a *API) routeItems() {
	type list struct {
		InProject
		Cursor string `query:"cursor" maxLength:"40"`
		Limit  int    `query:"limit" minimum:"0" maximum:"200"`
	}
	register(a, "items", func(ctx context.Context, in *list) (*body[ItemPage], error) {
		return answer(a.items(ctx, callerIn(ctx).tenant(in.Project), in.Cursor, in.Limit))
	})
	type one struct {
		InProject
		Item akhra.ItemID `path:"item" maxLength:"40"`
	}
	register(a, "item", func(ctx context.Context, in *one) (*body[ItemDetail], error) {
		return answer(a.item(ctx, callerIn(ctx), in.Project, in.Item))
	})
}

func (a *API) items(ctx context.Context, t akhra.Tenant, cursor string, limit int) (ItemPage, error) {
	if _, err := a.known(ctx, t); err != nil {
		return ItemPage{}, err
	}
	after, err := strconv.ParseInt("0"+cursor, 36, 64)
	if err != nil {
		return ItemPage{}, akhra.InvalidField("cursor", "This is not the cursor of a page.")
	}
	if limit == 0 {
		limit = defaultPage
	}
	items, err := a.DB.Items(ctx, t, after, min(limit, maxPage)+1)
	if err != nil {
		return ItemPage{}, fmt.Errorf("list pictures: %w", err)
	}
	out := ItemPage{}
	if len(items) > limit {
		items = items[:limit]
		out.Next = strconv.FormatInt(items[limit-1].Seq, 36)
	}
	out.Items, err = a.viewItems(ctx, t, items)
	return out, err
}

func (a *API) viewItems(ctx context.Context, t akhra.Tenant, items []akhra.Item) ([]ItemView, error) {
	ids := make([]akhra.ItemID, len(items))
	for i, one := range items {
		ids[i] = one.ID
	}
	truths, err := a.DB.ConsensusOf(ctx, t, ids)
	if err != nil {
		return nil, fmt.Errorf("read consensus: %w", err)
	}
	out := make([]ItemView, len(items))
	for i, one := range items {
		v := ItemView{ID: one.ID, Name: one.Name, Width: one.Width, Height: one.Height, Thumb: pictureURL(t.Project, one.ID, 0),
			URL: pictureURL(t.Project, one.ID, len(akhra.VariantSides)-1), State: akhra.TaskOpen}
		if c, ok := truths[one.ID]; ok {
			v.Class, v.Answers, v.State = c.Class, c.Asked, c.State
			for _, p := range c.Posterior {
				v.Posterior = max(v.Posterior, p)
			}
		}
		out[i] = v
	}
	return out, nil
}

func (a *API) item(ctx context.Context, c *caller, project akhra.ProjectID, id akhra.ItemID) (ItemDetail, error) {
	t := c.tenant(project)
	one, err := a.DB.Item(ctx, t, id)
	if err != nil {
		return ItemDetail{}, err
	}
	views, err := a.viewItems(ctx, t, []akhra.Item{one})
	if err != nil {
		return ItemDetail{}, err
	}
	out := ItemDetail{ItemView: views[0], Thought: a.thought(ctx, t, id), TaughtBy: []TaughtClass{}}
	if out.Votes, err = a.votes(ctx, c, t, id); err != nil {
		return out, err
	}
	truths, err := a.DB.ConsensusOf(ctx, t, []akhra.ItemID{id})
	if err != nil {
		return out, fmt.Errorf("read consensus: %w", err)
	}
	out.Weights = truths[id].Posterior
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

func (a *API) taught(ctx context.Context, c *caller, t akhra.Tenant, id akhra.ItemID, class akhra.ClassID) (TaughtClass, error) {
	out := TaughtClass{Class: class, Items: []TaughtItem{}}
	near := a.Engine.Loop.Taught(ctx, t, id, class, taughtShown)
	hers, err := a.DB.Answered(ctx, t, c.user.ID, near)
	if err != nil {
		return out, fmt.Errorf("read one's own answers: %w", err)
	}
	for _, one := range near {
		out.Items = append(out.Items, TaughtItem{ID: one, Thumb: thumbOf(t, one), Yours: hers[one]})
	}
	return out, nil
}

func (a *API) votes(ctx context.Context, c *caller, t akhra.Tenant, id akhra.ItemID) ([]VoteView, error) {
	votes, err := a.DB.VotesOf(ctx, t, id)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	hide := pseudonyms(c)
	out := make([]VoteView, 0, len(votes))
	for _, v := range votes {
		out = append(out, VoteView{Annotator: hide(v.Annotator), Answer: v.Answer, Class: v.Class, AfterSeen: v.AfterSeen, Stored: v.Stored})
	}
	return out, nil
}

// pseudonyms names annotators as the reader may see them: a client reads
// "Annotator 1", the same for the same person within one answer.
func pseudonyms(c *caller) func(string) string {
	if c.user.Role != akhra.Client {
		return func(name string) string { return name }
	}
	numbers := map[string]string{}
	return func(name string) string {
		if numbers[name] == "" {
			numbers[name] = "Annotator " + strconv.Itoa(len(numbers)+1)
		}
		return numbers[name]
	}
}

// thought is what the model thinks of a picture, nil when it has no say.
func (a *API) thought(ctx context.Context, t akhra.Tenant, item akhra.ItemID) *ThoughtView {
	if item == "" {
		return nil
	}
	said, ok := a.Engine.Loop.Thought(ctx, t, item)
	if !ok {
		return nil
	}
	v := &ThoughtView{Class: said.Class, RightOf10: said.RightOf10, Near: make([]NearView, 0, len(said.Near))}
	for _, near := range said.Near {
		v.Near = append(v.Near, NearView{Item: near, Thumb: thumbOf(t, near), Class: said.Class})
	}
	return v
}
