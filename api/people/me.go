package people

import (
	"context"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// Me is who is signed in and what she may do.
type Me struct {
	User struct {
		ID       akhra.UserID `json:"id"`
		Name     string       `json:"name"`
		Login    string       `json:"login"`
		Role     akhra.Role   `json:"role"`
		Language string       `json:"language" doc:"Empty for the browser's"`
	} `json:"user"`
	PIN bool `json:"pin" doc:"She has a PIN for shared devices"`
	Org struct {
		Name string `json:"name"`
	} `json:"org"`
	May      []akhra.Act `json:"may" doc:"Every act of her role, or those that a PIN opens"`
	Shared   bool        `json:"shared" doc:"A PIN signed her in, on a device that others use too"`
	Insecure bool        `json:"insecure" doc:"Plain http from another machine: offline work is off"`
}

type changeMe struct {
	Body struct {
		Language string `json:"language" enum:",en,hi"`
	}
}

func (a *room) routeMe() {
	a.Plain("me", func(w http.ResponseWriter, r *http.Request) error {
		door.WriteJSON(w, http.StatusOK, door.JSONType, a.me(r, door.CallerIn(r.Context())))
		return nil
	}, door.Answers[Me](a.Door))
	door.Register(a.Door, "change-me", func(ctx context.Context, in *changeMe) (*struct{}, error) {
		c := door.CallerIn(ctx)
		if err := a.DB.SetLanguage(ctx, c.User.Org, c.User.ID, in.Body.Language); err != nil {
			return nil, fmt.Errorf("set language: %w", err)
		}
		a.ForgetSession(c.Token)
		return nil, nil
	})
}

func (a *room) me(r *http.Request, c *door.Caller) Me {
	var m Me
	u := c.User
	m.User.ID, m.User.Name, m.User.Login, m.User.Role, m.User.Language = u.ID, u.Name, u.Login, u.Role, u.Language
	if u.Org == a.Org.ID {
		m.Org.Name = a.Org.Name
	}
	m.May, m.Shared, m.PIN = c.Acts(), c.Device != "", u.PINHash != ""
	m.Insecure = !a.IsHTTPS(r) && !door.IsLoopback(r.Host)
	return m
}
