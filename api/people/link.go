package people

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// LinkView is what a one-time link is for.
type LinkView struct {
	Name  string     `json:"name"`
	Login string     `json:"login,omitempty" doc:"Set when the person exists and only chooses a new password"`
	Role  akhra.Role `json:"role"`
	Kind  string     `json:"kind" enum:"owner,invite,demo,device"`
}

// Taken is what a link led to: somebody signed in, or a shared device.
type Taken struct {
	*Me
	*Enrolled
}

// Enrolled is what a browser learns that a link made a shared device.
type Enrolled struct {
	Device string `json:"device"`
}

// takeLinkBody is what whoever opens a link says; a demo's link asks nothing.
type takeLinkBody struct {
	Name     string `json:"name,omitempty" maxLength:"80"`
	Login    string `json:"login,omitempty" maxLength:"80"`
	Password string `json:"password,omitempty" maxLength:"256"`
}

func (a *room) routeLinks() {
	type token struct {
		Token string `path:"token" maxLength:"100"`
	}
	door.Register(a.Door, "link", func(ctx context.Context, in *token) (*door.Body[LinkView], error) {
		return door.Answer(a.viewLink(ctx, in.Token))
	})
	a.Plain("take-link", a.takeLink, door.Shapes(door.Params("path", "token"), door.Takes[takeLinkBody](a.Door), door.Answers[Taken](a.Door)))
}

func (a *room) viewLink(ctx context.Context, token string) (LinkView, error) {
	link, err := a.openLink(ctx, token)
	if err != nil {
		return LinkView{}, err
	}
	v := LinkView{Name: link.Name, Role: link.Role, Kind: "invite"}
	switch {
	case link.Device != "":
		v.Kind = "device"
	case link.User != "" && a.Demo:
		v.Kind = "demo"
	case link.User != "":
		u, err := a.DB.User(ctx, link.Org, link.User)
		if err != nil {
			return LinkView{}, fmt.Errorf("find the person of a link: %w", err)
		}
		v.Login = u.Login
	case link.Role == akhra.Owner:
		v.Kind = "owner"
	}
	return v, nil
}

func (a *room) openLink(ctx context.Context, token string) (akhra.Link, error) {
	link, err := a.DB.Link(ctx, door.HashToken(token))
	if akhra.CodeOf(err) == akhra.NotFound || (err == nil && link.Expires <= akhra.MillisOf(a.Now())) {
		return akhra.Link{}, akhra.Errorf(akhra.NotFound, "This link was used already or is too old. Please ask for a new one.")
	}
	if err != nil {
		return akhra.Link{}, fmt.Errorf("find link: %w", err)
	}
	return link, nil
}

func (a *room) takeLink(w http.ResponseWriter, r *http.Request) error {
	var in takeLinkBody
	if err := door.ReadJSON(r, &in); err != nil {
		return err
	}
	if !a.passwords.mayTry("", address(r)) {
		return akhra.Errorf(akhra.TooMany, "Too many tries. Please wait a minute and try again.")
	}
	token := r.PathValue("token")
	link, err := a.openLink(r.Context(), token)
	if err != nil {
		return err
	}
	if link.Device != "" {
		return a.enrol(w, r, door.HashToken(token))
	}
	user, err := a.useLink(r.Context(), link, door.HashToken(token), in)
	if err != nil {
		return err
	}
	return a.enter(w, r, user, "")
}

// useLink makes or finds the person a link is for and consumes the link.
func (a *room) useLink(ctx context.Context, link akhra.Link, hash string, in takeLinkBody) (akhra.User, error) {
	if link.User != "" && a.Demo {
		return a.DB.TakeLink(ctx, hash, nil)
	}
	if err := akhra.ValidatePassword(in.Password); err != nil {
		return akhra.User{}, err
	}
	secret, err := a.passwords.hash(ctx, in.Password)
	if err != nil {
		return akhra.User{}, err
	}
	if link.User != "" {
		return a.resetByLink(ctx, hash, secret)
	}
	id, err := a.NewID()
	if err != nil {
		return akhra.User{}, fmt.Errorf("make a person's id: %w", err)
	}
	if strings.TrimSpace(in.Name) == "" {
		in.Name = link.Name
	}
	user := akhra.User{ID: akhra.UserID(id), Org: link.Org, Name: strings.TrimSpace(in.Name), Role: link.Role,
		Login: strings.ToLower(strings.TrimSpace(in.Login)), PasswordHash: secret, Created: akhra.MillisOf(a.Now())}
	if err := user.Validate(); err != nil {
		return akhra.User{}, err
	}
	return a.DB.TakeLink(ctx, hash, &user)
}

func (a *room) resetByLink(ctx context.Context, hash, secret string) (akhra.User, error) {
	user, err := a.DB.TakeLink(ctx, hash, nil)
	if err != nil {
		return user, err
	}
	if err := a.DB.SetPassword(ctx, user.Org, user.ID, secret); err != nil {
		return user, fmt.Errorf("set password: %w", err)
	}
	a.ForgetSessions()
	return user, nil
}
