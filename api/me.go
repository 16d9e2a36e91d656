package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"akhra.dev/akhra"
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
	Org struct {
		Name string `json:"name"`
	} `json:"org"`
	May      []akhra.Act `json:"may" doc:"Every act of her role"`
	Insecure bool        `json:"insecure" doc:"Plain http from another machine: offline work is off"`
}

type changeMe struct {
	Body struct {
		Language string `json:"language" enum:",en,hi"`
	}
}

func (a *API) routeMe() {
	a.plain("me", func(w http.ResponseWriter, r *http.Request) error {
		writeJSON(w, http.StatusOK, jsonType, a.me(r, callerIn(r.Context()).user))
		return nil
	}, answers[Me](a))
	register(a, "change-me", func(ctx context.Context, in *changeMe) (*struct{}, error) {
		c := callerIn(ctx)
		if err := a.DB.SetLanguage(ctx, c.user.Org, c.user.ID, in.Body.Language); err != nil {
			return nil, fmt.Errorf("set language: %w", err)
		}
		a.sessions.drop(c.token)
		return nil, nil
	})
}

func (a *API) me(r *http.Request, u akhra.User) Me {
	var m Me
	m.User.ID, m.User.Name, m.User.Login, m.User.Role, m.User.Language = u.ID, u.Name, u.Login, u.Role, u.Language
	if u.Org == a.Org.ID {
		m.Org.Name = a.Org.Name
	}
	m.May = actsOf(u.Role)
	m.Insecure = !a.isHTTPS(r) && !isLoopback(r.Host)
	return m
}

// actsOf lists the acts of the table that a role may do.
func actsOf(role akhra.Role) []akhra.Act {
	acts := []akhra.Act{}
	for _, o := range operations {
		if akhra.May(role, o.act) && !slices.Contains(acts, o.act) {
			acts = append(acts, o.act)
		}
	}
	slices.Sort(acts)
	return acts
}
