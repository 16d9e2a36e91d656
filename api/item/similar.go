package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// SimilarList is the pictures that look most like one, the likest first.
type SimilarList struct {
	Items []SimilarView `json:"items" doc:"Empty while the picture has no vector"`
}

// SimilarView is one of them.
type SimilarView struct {
	ItemView
	Same bool `json:"same" doc:"Nearly the same picture"`
}

func (a *room) routeSimilar() {
	type like struct {
		door.InProject
		Item  akhra.ItemID `path:"item" maxLength:"40"`
		Limit int          `query:"limit" minimum:"0" maximum:"200"`
	}
	door.Register(a.Door, "similar", func(ctx context.Context, in *like) (*door.Body[SimilarList], error) {
		return door.Answer(a.similar(ctx, door.CallerIn(ctx), in.Project, in.Item, in.Limit))
	})
}

func (a *room) similar(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.ItemID, limit int) (SimilarList, error) {
	t := c.Tenant(project)
	out := SimilarList{Items: []SimilarView{}}
	if _, err := a.DB.Item(ctx, t, id); err != nil {
		return out, err
	}
	if limit == 0 {
		limit = defaultPage
	}
	like, err := a.Engine.Sight.Similar(ctx, t, id, limit)
	if err != nil {
		return out, fmt.Errorf("find similar pictures: %w", err)
	}
	ids := make([]akhra.ItemID, len(like))
	for i, one := range like {
		ids[i] = one.Item
	}
	views, err := a.viewsOf(ctx, c, t, ids)
	if err != nil {
		return out, err
	}
	for i, v := range views {
		out.Items = append(out.Items, SimilarView{v, like[i].Same})
	}
	return out, nil
}

// viewsOf shows some pictures in a given order.
func (a *room) viewsOf(ctx context.Context, c *door.Caller, t akhra.Tenant, ids []akhra.ItemID) ([]ItemView, error) {
	items := make([]akhra.Item, len(ids))
	for i, id := range ids {
		var err error
		if items[i], err = a.DB.Item(ctx, t, id); err != nil {
			return nil, fmt.Errorf("read a picture: %w", err)
		}
	}
	return a.viewItems(ctx, c, t, items)
}
