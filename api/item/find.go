package item

import (
	"context"
	"fmt"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/catalogue"
)

// ItemPage is some of the pictures that a search finds, in its order.
type ItemPage struct {
	Items []ItemView `json:"items"`
	Next  string     `json:"next" doc:"Cursor of the next page, empty on the last"`
	Tally *TallyView `json:"tally" doc:"How many there are; only with the first page"`
}

// TallyView counts the pictures one would see if one asked for each thing
// beside all else that is asked.
type TallyView struct {
	All        int                   `json:"all" doc:"In the project"`
	Found      int                   `json:"found"`
	Classes    map[akhra.ClassID]int `json:"classes"`
	Thinks     map[akhra.ClassID]int `json:"thinks"`
	Stages     map[akhra.Stage]int   `json:"stages"`
	Doubts     map[akhra.Doubt]int   `json:"doubts"`
	Annotators []AnnotatorTally      `json:"annotators"`
	Batches    []BatchTally          `json:"batches"`
	Differ     int                   `json:"differ"`
	Against    int                   `json:"against"`
	Gold       int                   `json:"gold" doc:"0 for who may not set one"`
}

// AnnotatorTally is how many pictures somebody answered.
type AnnotatorTally struct {
	ID   akhra.UserID `json:"id"`
	Name string       `json:"name"`
	N    int          `json:"n"`
}

// BatchTally is how many pictures a batch has.
type BatchTally struct {
	ID   akhra.BatchID `json:"id"`
	Name string        `json:"name"`
	N    int           `json:"n"`
}

// SearchQuery is a search as an address holds it; lists are joined by commas.
type SearchQuery struct {
	Class        []string     `query:"class" maxItems:"1000" doc:"Settled or believed so far"`
	Thinks       []string     `query:"thinks" maxItems:"1000" doc:"What the model thinks"`
	Stage        []string     `query:"stage" maxItems:"4" doc:"unsettled, none, review, done"`
	Doubt        []string     `query:"doubt" maxItems:"3" doc:"great, some, little"`
	By           []string     `query:"by" maxItems:"1000" doc:"Who answered"`
	Batch        []string     `query:"batch" maxItems:"1000" doc:"In one of these batches"`
	Differ       bool         `query:"differ" doc:"People said different classes"`
	Against      bool         `query:"against" doc:"The model thinks another class"`
	Gold         bool         `query:"gold" doc:"Its answer is known; only for who may set one"`
	Removed      bool         `query:"removed" doc:"Those taken out; only for who leads"`
	CameFrom     akhra.Millis `query:"cameFrom"`
	CameTo       akhra.Millis `query:"cameTo"`
	AnsweredFrom akhra.Millis `query:"answeredFrom"`
	AnsweredTo   akhra.Millis `query:"answeredTo"`
	Text         string       `query:"text" maxLength:"800" doc:"In the file name"`
	Order        akhra.Order  `query:"order" maxLength:"20" doc:"doubt, newest, oldest, name, answered"`
}

func (q *SearchQuery) search() akhra.Search {
	return akhra.Search{Classes: as[akhra.ClassID](q.Class), Thinks: as[akhra.ClassID](q.Thinks), Stages: as[akhra.Stage](q.Stage),
		Doubts: as[akhra.Doubt](q.Doubt), Annotators: as[akhra.UserID](q.By), Batches: as[akhra.BatchID](q.Batch), Differ: q.Differ, Against: q.Against, Gold: q.Gold,
		Removed: q.Removed, CameFrom: q.CameFrom, CameTo: q.CameTo, AnsweredFrom: q.AnsweredFrom, AnsweredTo: q.AnsweredTo,
		Text: strings.TrimSpace(q.Text), Order: q.Order}
}

func as[T ~string](list []string) (out []T) {
	for _, one := range list {
		if one != "" {
			out = append(out, T(one))
		}
	}
	return out
}

func (a *room) routeFind() {
	type list struct {
		door.InProject
		SearchQuery
		Cursor string `query:"cursor" maxLength:"2000"`
		Limit  int    `query:"limit" minimum:"0" maximum:"500"`
	}
	door.Register(a.Door, "items", func(ctx context.Context, in *list) (*door.Body[ItemPage], error) {
		return door.Answer(a.find(ctx, door.CallerIn(ctx), in.Project, in.search(), in.Cursor, in.Limit))
	})
}

// mayAsk refuses a search for what its role may not know.
func mayAsk(c *door.Caller, s *akhra.Search) error {
	switch {
	case s.Gold && !akhra.May(c.User.Role, akhra.ActSetGold):
		return akhra.Errorf(akhra.Forbidden, "Your role does not know which answers are known.")
	case s.Removed && !akhra.May(c.User.Role, akhra.ActManageProject):
		return akhra.Errorf(akhra.Forbidden, "Your role does not see removed pictures.")
	}
	return s.Validate()
}

func (a *room) find(ctx context.Context, c *door.Caller, project akhra.ProjectID, s akhra.Search, cursor string, limit int) (ItemPage, error) {
	t := c.Tenant(project)
	out := ItemPage{}
	if _, err := a.Known(ctx, t); err != nil {
		return out, err
	}
	if err := mayAsk(c, &s); err != nil {
		return out, err
	}
	if limit == 0 {
		limit = defaultPage
	}
	page, err := a.Engine.Catalogue.Find(ctx, t, s, cursor, limit)
	if err != nil {
		return out, err
	}
	if page.Tally != nil {
		if out.Tally, err = a.viewTally(ctx, c, t, page.Tally); err != nil {
			return out, err
		}
	}
	out.Next = page.Next
	if out.Items, err = a.viewsOf(ctx, c, t, page.Items); err != nil {
		return out, err
	}
	for i := range out.Items {
		out.Items[i].Thinks = page.Thinks[i]
	}
	return out, nil
}

func (a *room) viewTally(ctx context.Context, c *door.Caller, t akhra.Tenant, n *catalogue.Tally) (*TallyView, error) {
	out := &TallyView{All: n.All, Found: n.Found, Classes: n.Classes, Thinks: n.Thinks, Stages: n.Stages, Doubts: n.Doubts,
		Differ: n.Differ, Against: n.Against, Annotators: []AnnotatorTally{}}
	if akhra.May(c.User.Role, akhra.ActSetGold) {
		out.Gold = n.Gold
	}
	people, err := a.DB.PerAnnotator(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read annotators: %w", err)
	}
	for _, one := range people {
		if one.Answers > 0 {
			out.Annotators = append(out.Annotators, AnnotatorTally{one.User, one.Name, n.Annotators[one.User]})
		}
	}
	out.Batches, err = a.batchTallies(ctx, t, n.Batches)
	return out, err
}
