package people

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// SessionList is where a person is signed in, the last used first.
type SessionList struct {
	Sessions []SessionView `json:"sessions"`
}

// SessionView is one browser that is signed in.
type SessionView struct {
	ID      string       `json:"id"`
	Agent   string       `json:"agent" doc:"Browser and system in two words, empty when not known"`
	Device  string       `json:"device" doc:"The shared device on which a PIN opened it, else empty"`
	Created akhra.Millis `json:"created"`
	Seen    akhra.Millis `json:"seen" doc:"Last use, to five minutes"`
	This    bool         `json:"this" doc:"The one that asks"`
}

func (a *room) routeSessions() {
	door.Register(a.Door, "own-sessions", func(ctx context.Context, _ *door.None) (*door.Body[SessionList], error) {
		c := door.CallerIn(ctx)
		return door.Answer(a.listSessions(ctx, c, c.User.ID))
	})
	type own struct {
		Session string `path:"session" maxLength:"64"`
	}
	door.Register(a.Door, "end-session", func(ctx context.Context, in *own) (*struct{}, error) {
		c := door.CallerIn(ctx)
		return nil, a.endSession(ctx, c, c.User.ID, in.Session)
	})
	door.Register(a.Door, "sessions-of", func(ctx context.Context, in *InPerson) (*door.Body[SessionList], error) {
		c := door.CallerIn(ctx)
		if _, err := a.led(ctx, c, in.Person); err != nil {
			return nil, err
		}
		return door.Answer(a.listSessions(ctx, c, in.Person))
	})
	type theirs struct {
		InPerson
		Session string `path:"session" maxLength:"64"`
	}
	door.Register(a.Door, "end-sessions", func(ctx context.Context, in *theirs) (*struct{}, error) {
		c := door.CallerIn(ctx)
		if _, err := a.led(ctx, c, in.Person); err != nil {
			return nil, err
		}
		return nil, a.endSession(ctx, c, in.Person, in.Session)
	})
}

func (a *room) listSessions(ctx context.Context, c *door.Caller, who akhra.UserID) (SessionList, error) {
	all, err := a.DB.Sessions(ctx, c.User.Org, who)
	if err != nil {
		return SessionList{}, err
	}
	devices, err := a.DB.Devices(ctx, c.User.Org)
	names := map[akhra.DeviceID]string{}
	for _, d := range devices {
		names[d.ID] = d.Name
	}
	out := SessionList{Sessions: []SessionView{}}
	for _, s := range all {
		out.Sessions = append(out.Sessions, SessionView{s.Handle(), s.Agent, names[s.Device], s.Created, s.Seen, s.TokenHash == c.Token})
	}
	return out, err
}

func (a *room) endSession(ctx context.Context, c *door.Caller, who akhra.UserID, handle string) error {
	err := a.DB.EndSessionOf(ctx, c.User.Org, who, handle)
	a.ForgetSessions()
	return err
}
