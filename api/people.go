package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"akhra.dev/akhra"
)

// People is everybody of an organisation.
type People struct {
	People []Person `json:"people"`
}

// Person is one of them.
type Person struct {
	ID      akhra.UserID `json:"id"`
	Name    string       `json:"name"`
	Login   string       `json:"login"`
	Role    akhra.Role   `json:"role"`
	Created akhra.Millis `json:"created"`
}

// NewPerson asks for a one-time link: for a new person by name and role, or
// for one who forgot her password by id.
type NewPerson struct {
	Name string       `json:"name,omitempty" maxLength:"80"`
	Role akhra.Role   `json:"role,omitempty" enum:"owner,manager,reviewer,annotator,client"`
	User akhra.UserID `json:"user,omitempty" doc:"An existing person who needs a new password"`
}

// NewLinkView is a link to hand on. It is shown once.
type NewLinkView struct {
	URL     string       `json:"url"`
	Expires akhra.Millis `json:"expires"`
}

func (a *API) routePeople() {
	register(a, "people", func(ctx context.Context, _ *none) (*body[People], error) {
		return answer(a.people(ctx, callerIn(ctx)))
	})
	a.plain("add-person", a.addPerson, shapes(takes[NewPerson](a), answers[NewLinkView](a)))
}

func (a *API) people(ctx context.Context, c *caller) (People, error) {
	users, err := a.DB.Users(ctx, c.user.Org)
	if err != nil {
		return People{}, fmt.Errorf("list people: %w", err)
	}
	out := People{People: make([]Person, 0, len(users))}
	for _, u := range users {
		out.People = append(out.People, Person{ID: u.ID, Name: u.Name, Login: u.Login, Role: u.Role, Created: u.Created})
	}
	return out, nil
}

func (a *API) addPerson(w http.ResponseWriter, r *http.Request) error {
	var in NewPerson
	if err := readJSON(r, &in); err != nil {
		return err
	}
	link, err := a.linkFor(r.Context(), callerIn(r.Context()), in)
	if err != nil {
		return err
	}
	token, err := a.NewLink(r.Context(), link)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, jsonType, NewLinkView{URL: a.baseURL(r) + "/link/" + token, Expires: link.Expires})
	return nil
}

func (a *API) linkFor(ctx context.Context, c *caller, in NewPerson) (akhra.Link, error) {
	link := akhra.Link{Org: c.user.Org, Name: strings.TrimSpace(in.Name), Role: in.Role, Expires: akhra.MillisOf(a.Now().Add(linkLife))}
	if in.User != "" {
		u, err := a.DB.User(ctx, c.user.Org, in.User)
		if err != nil {
			return link, err
		}
		link.User, link.Name, link.Role = u.ID, u.Name, u.Role
		return link, nil
	}
	probe := akhra.User{Name: link.Name, Login: "login", Role: link.Role}
	return link, probe.Validate()
}
