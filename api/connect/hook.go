package connect

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/hook"
)

// HookList is the webhooks of an organisation.
type HookList struct {
	Hooks []HookView        `json:"hooks"`
	Kinds []akhra.EventKind `json:"kinds" doc:"What a webhook can be told of"`
}

// HookView is one webhook and how it fares.
type HookView struct {
	Hook       akhra.HookID      `json:"hook"`
	Project    akhra.ProjectID   `json:"project" doc:"Empty for all"`
	URL        string            `json:"url"`
	Kinds      []akhra.EventKind `json:"kinds"`
	On         bool              `json:"on"`
	Since      akhra.Millis      `json:"since" doc:"Nobody took what it told since then; 0 when the last went well"`
	Next       akhra.Millis      `json:"next" doc:"When it is tried again"`
	Created    akhra.Millis      `json:"created"`
	Deliveries []DeliveryView    `json:"deliveries" doc:"The last ones, newest first"`
}

// DeliveryView is one attempt to tell.
type DeliveryView struct {
	At     akhra.Millis `json:"at"`
	Events int          `json:"events"`
	Status int          `json:"status" doc:"Of the answer; 0 when there was none"`
	Note   string       `json:"note,omitempty" enum:"unsent,inside,slow,no-name,unreachable" doc:"Why there was none"`
	TookMs int64        `json:"tookMs"`
	Test   bool         `json:"test"`
}

// NewHook is an address to be told.
type NewHook struct {
	URL     string            `json:"url" maxLength:"1000"`
	Kinds   []akhra.EventKind `json:"kinds" maxItems:"20"`
	Project akhra.ProjectID   `json:"project,omitempty" maxLength:"40"`
}

// MadeHook has the key that signs, told once.
type MadeHook struct {
	HookView
	Secret string `json:"secret" doc:"For the receiver, to check that we sent it"`
}

// HookChange switches a webhook.
type HookChange struct {
	On bool `json:"on"`
}

func (a *room) routeHooks() {
	door.Register(a.Door, "hooks", func(ctx context.Context, _ *door.None) (*door.Body[HookList], error) {
		return door.Answer(a.hooks(ctx, door.CallerIn(ctx).User.Org))
	})
	type make struct{ Body NewHook }
	door.Register(a.Door, "add-hook", func(ctx context.Context, in *make) (*door.Body[MadeHook], error) {
		return door.Answer(a.addHook(ctx, door.CallerIn(ctx), in.Body))
	})
	type one struct {
		Hook akhra.HookID `path:"hook" maxLength:"40"`
	}
	type change struct {
		Hook akhra.HookID `path:"hook" maxLength:"40"`
		Body HookChange
	}
	door.Register(a.Door, "switch-hook", func(ctx context.Context, in *change) (*struct{}, error) {
		c := door.CallerIn(ctx)
		return nil, a.DB.SwitchHook(ctx, c.User.Org, in.Hook, in.Body.On, c.User.ID)
	})
	door.Register(a.Door, "remove-hook", func(ctx context.Context, in *one) (*struct{}, error) {
		c := door.CallerIn(ctx)
		return nil, a.DB.RemoveHook(ctx, c.User.Org, in.Hook, c.User.ID)
	})
	door.Register(a.Door, "test-hook", func(ctx context.Context, in *one) (*door.Body[DeliveryView], error) {
		return door.Answer(a.testHook(ctx, door.CallerIn(ctx).User.Org, in.Hook))
	})
}

func (a *room) hooks(ctx context.Context, org akhra.OrgID) (HookList, error) {
	all, err := a.DB.Hooks(ctx, org)
	if err != nil {
		return HookList{}, fmt.Errorf("list webhooks: %w", err)
	}
	out := HookList{Hooks: make([]HookView, 0, len(all)), Kinds: akhra.HookKinds}
	for _, h := range all {
		v, err := a.viewHook(ctx, h)
		if err != nil {
			return out, err
		}
		out.Hooks = append(out.Hooks, v)
	}
	return out, nil
}

func (a *room) viewHook(ctx context.Context, h akhra.Hook) (HookView, error) {
	v := HookView{Hook: h.ID, Project: h.Project, URL: h.URL, Kinds: h.Kinds, On: h.On, Since: h.Since, Next: h.Next, Created: h.Created, Deliveries: []DeliveryView{}}
	told, err := a.DB.Deliveries(ctx, h.Org, h.ID)
	if err != nil {
		return v, fmt.Errorf("list deliveries: %w", err)
	}
	for _, d := range told {
		v.Deliveries = append(v.Deliveries, viewDelivery(d))
	}
	return v, nil
}

func viewDelivery(d akhra.Delivery) DeliveryView {
	return DeliveryView{At: d.At, Events: d.Events, Status: d.Status, Note: d.Note, TookMs: d.TookMs, Test: d.Test}
}

func (a *room) addHook(ctx context.Context, c *door.Caller, in NewHook) (MadeHook, error) {
	if err := a.Outside.CheckURL(in.URL); err != nil {
		return MadeHook{}, err
	}
	if in.Project != "" {
		if _, err := a.Known(ctx, c.Tenant(in.Project)); err != nil {
			return MadeHook{}, err
		}
	}
	id, err := a.NewID()
	if err != nil {
		return MadeHook{}, fmt.Errorf("make a webhook's id: %w", err)
	}
	secret, err := hook.NewSecret(a.Chance)
	if err != nil {
		return MadeHook{}, err
	}
	h := akhra.Hook{ID: akhra.HookID(id), Org: c.User.Org, Project: in.Project, URL: in.URL, Kinds: in.Kinds, Secret: secret, On: true, By: c.User.ID,
		Created: akhra.MillisOf(a.Now())}
	if err := a.DB.AddHook(ctx, h); err != nil {
		return MadeHook{}, err
	}
	v, err := a.viewHook(ctx, h)
	return MadeHook{v, hook.Shown(secret)}, err
}

func (a *room) testHook(ctx context.Context, org akhra.OrgID, id akhra.HookID) (DeliveryView, error) {
	all, err := a.DB.Hooks(ctx, org)
	if err != nil {
		return DeliveryView{}, fmt.Errorf("list webhooks: %w", err)
	}
	for _, h := range all {
		if h.ID == id {
			d, err := a.Engine.Hook.Test(ctx, h)
			return viewDelivery(d), err
		}
	}
	return DeliveryView{}, akhra.Errorf(akhra.NotFound, "There is no such webhook.")
}
