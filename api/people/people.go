package people

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// People is everybody of an organisation.
type People struct {
	People []Person `json:"people"`
	Former int      `json:"former" doc:"How many were removed; their answers stay"`
}

// Person is one of them.
type Person struct {
	ID      akhra.UserID `json:"id"`
	Name    string       `json:"name"`
	Login   string       `json:"login"`
	Role    akhra.Role   `json:"role"`
	Created akhra.Millis `json:"created"`

	PIN      bool              `json:"pin" doc:"She has a PIN for shared devices"`
	Locked   bool              `json:"locked" doc:"Her PIN is locked after too many wrong ones"`
	Leads    bool              `json:"leads" doc:"Whoever asks may change and remove her"`
	Projects []akhra.ProjectID `json:"projects" doc:"What a client sees; empty for others"`
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

func (a *room) routePeople() {
	door.Register(a.Door, "people", func(ctx context.Context, _ *door.None) (*door.Body[People], error) {
		return door.Answer(a.people(ctx, door.CallerIn(ctx)))
	})
	a.Plain("add-person", a.addPerson, door.Shapes(door.Takes[NewPerson](a.Door), door.Answers[NewLinkView](a.Door)))
}

func (a *room) people(ctx context.Context, c *door.Caller) (People, error) {
	users, err := a.DB.Users(ctx, c.User.Org)
	if err != nil {
		return People{}, fmt.Errorf("list people: %w", err)
	}
	locked, err := a.DB.LockedPINs(ctx, c.User.Org)
	if err != nil {
		return People{}, fmt.Errorf("list locked PINs: %w", err)
	}
	out := People{People: make([]Person, 0, len(users))}
	for _, u := range users {
		if u.Removed > 0 {
			out.Former++
			continue
		}
		one, err := a.viewPerson(ctx, c, u, locked)
		if err != nil {
			return out, err
		}
		out.People = append(out.People, one)
	}
	return out, nil
}

func (a *room) viewPerson(ctx context.Context, c *door.Caller, u akhra.User, locked map[akhra.UserID]bool) (Person, error) {
	v := Person{ID: u.ID, Name: u.Name, Login: u.Login, Role: u.Role, Created: u.Created, PIN: u.PINHash != "", Locked: locked[u.ID],
		Leads: c.User.Role.Leads(u.Role), Projects: []akhra.ProjectID{}}
	if !u.Role.Given() {
		return v, nil
	}
	given, err := a.DB.Given(ctx, u.Org, u.ID)
	v.Projects = append(v.Projects, given...)
	return v, err
}

func (a *room) addPerson(w http.ResponseWriter, r *http.Request) error {
	var in NewPerson
	if err := door.ReadJSON(r, &in); err != nil {
		return err
	}
	link, err := a.linkFor(r.Context(), door.CallerIn(r.Context()), in)
	if err != nil {
		return err
	}
	return a.sendLink(w, r, link)
}

// sendLink makes a link and shows it once.
func (a *room) sendLink(w http.ResponseWriter, r *http.Request, link akhra.Link) error {
	link.Expires = akhra.MillisOf(a.Now().Add(door.LinkLife))
	token, err := a.NewLink(r.Context(), link)
	if err != nil {
		return err
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, NewLinkView{URL: a.BaseURL(r) + "/link/" + token, Expires: link.Expires})
	return nil
}

func (a *room) linkFor(ctx context.Context, c *door.Caller, in NewPerson) (akhra.Link, error) {
	link := akhra.Link{Org: c.User.Org, Name: strings.TrimSpace(in.Name), Role: in.Role}
	if in.User != "" {
		u, err := a.led(ctx, c, in.User)
		if err != nil {
			return link, err
		}
		link.User, link.Name, link.Role = u.ID, u.Name, u.Role
		return link, nil
	}
	probe := akhra.User{Name: link.Name, Login: "login", Role: link.Role}
	if err := probe.Validate(); err != nil {
		return link, err
	}
	if !c.User.Role.Leads(in.Role) {
		return link, akhra.Errorf(akhra.Forbidden, "Only an owner invites a manager or an owner.")
	}
	return link, nil
}
