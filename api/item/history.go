package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// HistoryView is everything that happened to a picture, oldest first.
type HistoryView struct {
	Happenings []HappeningView `json:"happenings"`
}

// HappeningView is one thing that happened.
type HappeningView struct {
	At    akhra.Millis        `json:"at"`
	Kind  akhra.HappeningKind `json:"kind"`
	By    string              `json:"by" doc:"Name of who did it, empty where nobody did"`
	Class akhra.ClassID       `json:"class"`
	Round int                 `json:"round"`
	Note  string              `json:"note"`
}

func (a *room) routeHistory() {
	type one struct {
		door.InProject
		Item akhra.ItemID `path:"item" maxLength:"40"`
	}
	door.Register(a.Door, "history", func(ctx context.Context, in *one) (*door.Body[HistoryView], error) {
		return door.Answer(a.history(ctx, door.CallerIn(ctx), in.Project, in.Item))
	})
}

// history leaves out what is known where the caller may not know it.
func (a *room) history(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.ItemID) (HistoryView, error) {
	t := c.Tenant(project)
	out := HistoryView{Happenings: []HappeningView{}}
	all, err := a.DB.History(ctx, t, id)
	if err != nil {
		return out, err
	}
	people, err := a.DB.Users(ctx, t.Org)
	if err != nil {
		return out, fmt.Errorf("read names: %w", err)
	}
	names := map[akhra.UserID]string{}
	for _, u := range people {
		names[u.ID] = u.Name
	}
	hide := door.Pseudonyms(c)
	for _, h := range all {
		if (h.Kind == akhra.HappenGold || h.Kind == akhra.HappenUngold) && !akhra.May(c.User.Role, akhra.ActSetGold) {
			continue
		}
		one := HappeningView{At: h.At, Kind: h.Kind, Class: h.Class, Round: h.Round, Note: h.Note}
		if name := names[h.By]; name != "" {
			one.By = hide(name)
		}
		out.Happenings = append(out.Happenings, one)
	}
	return out, nil
}
