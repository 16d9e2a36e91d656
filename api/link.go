package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"akhra.dev/akhra"
)

// linkLife is how long a one-time link waits to be opened.
const linkLife = 7 * 24 * time.Hour

// LinkView is what a one-time link is for.
type LinkView struct {
	Name  string     `json:"name"`
	Login string     `json:"login,omitempty" doc:"Set when the person exists and only chooses a new password"`
	Role  akhra.Role `json:"role"`
	Kind  string     `json:"kind" enum:"owner,invite,demo"`
}

// takeLinkBody is what whoever opens a link says; a demo's link asks nothing.
type takeLinkBody struct {
	Name     string `json:"name,omitempty" maxLength:"80"`
	Login    string `json:"login,omitempty" maxLength:"80"`
	Password string `json:"password,omitempty" maxLength:"256"`
}

func (a *API) routeLinks() {
	type token struct {
		Token string `path:"token" maxLength:"100"`
	}
	register(a, "link", func(ctx context.Context, in *token) (*body[LinkView], error) {
		return answer(a.viewLink(ctx, in.Token))
	})
	a.plain("take-link", a.takeLink, shapes(params("path", "token"), takes[takeLinkBody](a), answers[Me](a)))
}

func (a *API) viewLink(ctx context.Context, token string) (LinkView, error) {
	link, err := a.openLink(ctx, token)
	if err != nil {
		return LinkView{}, err
	}
	v := LinkView{Name: link.Name, Role: link.Role, Kind: "invite"}
	switch {
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

func (a *API) openLink(ctx context.Context, token string) (akhra.Link, error) {
	link, err := a.DB.Link(ctx, HashToken(token))
	if akhra.CodeOf(err) == akhra.NotFound || (err == nil && link.Expires <= akhra.MillisOf(a.Now())) {
		return akhra.Link{}, akhra.Errorf(akhra.NotFound, "This link was used already or is too old. Please ask for a new one.")
	}
	if err != nil {
		return akhra.Link{}, fmt.Errorf("find link: %w", err)
	}
	return link, nil
}

func (a *API) takeLink(w http.ResponseWriter, r *http.Request) error {
	var in takeLinkBody
	if err := readJSON(r, &in); err != nil {
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
	user, err := a.useLink(r.Context(), link, HashToken(token), in)
	if err != nil {
		return err
	}
	if err := a.openSession(w, r, user); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, jsonType, a.me(r, user))
	return nil
}

// useLink makes or finds the person a link is for and consumes the link.
func (a *API) useLink(ctx context.Context, link akhra.Link, hash string, in takeLinkBody) (akhra.User, error) {
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
	id, err := a.id()
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

func (a *API) resetByLink(ctx context.Context, hash, secret string) (akhra.User, error) {
	user, err := a.DB.TakeLink(ctx, hash, nil)
	if err != nil {
		return user, err
	}
	if err := a.DB.SetPassword(ctx, user.Org, user.ID, secret); err != nil {
		return user, fmt.Errorf("set password: %w", err)
	}
	a.sessions.forget()
	return user, nil
}

// NewLink stores a one-time link and returns its token, which nobody can read
// again.
func (a *API) NewLink(ctx context.Context, link akhra.Link) (token string, err error) {
	if token, err = a.token(); err != nil {
		return "", err
	}
	link.TokenHash = HashToken(token)
	if link.Expires == 0 {
		link.Expires = akhra.MillisOf(a.Now().Add(linkLife))
	}
	if err := a.DB.AddLink(ctx, link); err != nil {
		return "", fmt.Errorf("store link: %w", err)
	}
	return token, nil
}
