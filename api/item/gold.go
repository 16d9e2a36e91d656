package item

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// GoldBody says what a picture shows, as a known answer.
type GoldBody struct {
	Class akhra.ClassID `json:"class"`
}

func (a *room) routeGold() {
	type one struct {
		door.InProject
		Item akhra.ItemID `path:"item" maxLength:"40"`
	}
	type set struct {
		door.InProject
		Item akhra.ItemID `path:"item" maxLength:"40"`
		Body GoldBody
	}
	door.Register(a.Door, "set-gold", func(ctx context.Context, in *set) (*struct{}, error) {
		c := door.CallerIn(ctx)
		return nil, a.setGold(ctx, c, c.Tenant(in.Project), in.Item, in.Body.Class)
	})
	door.Register(a.Door, "remove-gold", func(ctx context.Context, in *one) (*struct{}, error) {
		c := door.CallerIn(ctx)
		t := c.Tenant(in.Project)
		if _, err := a.DB.Item(ctx, t, in.Item); err != nil {
			return nil, err
		}
		return nil, a.DB.RemoveGold(ctx, t, in.Item, c.User.ID)
	})
}

// setGold makes a known answer of what people agreed on.
func (a *room) setGold(ctx context.Context, c *door.Caller, t akhra.Tenant, item akhra.ItemID, class akhra.ClassID) error {
	p, err := a.Known(ctx, t)
	if err != nil {
		return err
	}
	if !p.Live[class] {
		return akhra.InvalidField("class", "This class is no longer in the project.")
	}
	return a.DB.SetGold(ctx, t, []akhra.Gold{{Item: item, Class: class, Source: akhra.GoldConsensus, By: c.User.ID}})
}
