package connect

import (
	"context"
	"fmt"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// room is what the operations of this package share.
type room struct {
	*door.Door
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d}
	a.routeTokens()
	a.routeHooks()
}

// TokenList is the programs that are let in.
type TokenList struct {
	Tokens []TokenView `json:"tokens"`
	Acts   []akhra.Act `json:"acts" doc:"What a program can be given"`
}

// TokenView is one program; what it shows is told by nobody.
type TokenView struct {
	Token   akhra.TokenID `json:"token"`
	Name    string        `json:"name"`
	Acts    []akhra.Act   `json:"acts"`
	By      string        `json:"by" doc:"For whom it acts: it may never more than she"`
	Created akhra.Millis  `json:"created"`
	Expires akhra.Millis  `json:"expires" doc:"0 for never"`
	Used    akhra.Millis  `json:"used" doc:"Last, to the minute; 0 for never"`
}

// NewToken lets a program in.
type NewToken struct {
	Name string      `json:"name" maxLength:"80"`
	Acts []akhra.Act `json:"acts" maxItems:"40"`
	Days int         `json:"days,omitempty" minimum:"0" maximum:"3650" doc:"Until it runs out; 0 for never"`
}

// MadeToken is what the program shows, told once.
type MadeToken struct {
	TokenView
	Secret string `json:"secret" doc:"Goes into the header Authorization: Bearer SECRET"`
}

func (a *room) routeTokens() {
	door.Register(a.Door, "tokens", func(ctx context.Context, _ *door.None) (*door.Body[TokenList], error) {
		return door.Answer(a.tokens(ctx, door.CallerIn(ctx)))
	})
	type make struct{ Body NewToken }
	door.Register(a.Door, "add-token", func(ctx context.Context, in *make) (*door.Body[MadeToken], error) {
		return door.Answer(a.addToken(ctx, door.CallerIn(ctx), in.Body))
	})
	type one struct {
		Token akhra.TokenID `path:"token" maxLength:"40"`
	}
	door.Register(a.Door, "remove-token", func(ctx context.Context, in *one) (*struct{}, error) {
		c := door.CallerIn(ctx)
		hash, err := a.DB.RemoveToken(ctx, c.User.Org, in.Token, c.User.ID)
		a.ForgetSession(hash)
		return nil, err
	})
}

func (a *room) tokens(ctx context.Context, c *door.Caller) (TokenList, error) {
	all, err := a.DB.Tokens(ctx, c.User.Org)
	if err != nil {
		return TokenList{}, fmt.Errorf("list tokens: %w", err)
	}
	out := TokenList{Tokens: make([]TokenView, 0, len(all)), Acts: []akhra.Act{}}
	for _, act := range akhra.TokenActs {
		if akhra.May(c.User.Role, act) {
			out.Acts = append(out.Acts, act)
		}
	}
	for _, t := range all {
		v, err := a.viewToken(ctx, t)
		if err != nil {
			return out, err
		}
		out.Tokens = append(out.Tokens, v)
	}
	return out, nil
}

func (a *room) viewToken(ctx context.Context, t akhra.Token) (TokenView, error) {
	by, err := a.NameOf(ctx, t.Org, t.User)
	return TokenView{Token: t.ID, Name: t.Name, Acts: t.Acts, By: by, Created: t.Created, Expires: t.Expires, Used: t.Used}, err
}

func (a *room) addToken(ctx context.Context, c *door.Caller, in NewToken) (MadeToken, error) {
	id, err := a.NewID()
	if err != nil {
		return MadeToken{}, fmt.Errorf("make a token's id: %w", err)
	}
	secret, err := a.Token()
	if err != nil {
		return MadeToken{}, err
	}
	secret = door.TokenPrefix + secret
	t := akhra.Token{ID: akhra.TokenID(id), Org: c.User.Org, User: c.User.ID, Name: strings.TrimSpace(in.Name), Acts: in.Acts,
		Hash: door.HashToken(secret), Created: akhra.MillisOf(a.Now())}
	if in.Days > 0 {
		t.Expires = akhra.MillisOf(a.Now().AddDate(0, 0, in.Days))
	}
	if err := t.Validate(c.User.Role); err != nil {
		return MadeToken{}, err
	}
	if c.User.ID == "" {
		return MadeToken{}, akhra.Errorf(akhra.Precondition, "A token acts for a person. Become the owner first.")
	}
	if err := a.DB.AddToken(ctx, t); err != nil {
		return MadeToken{}, err
	}
	v, err := a.viewToken(ctx, t)
	return MadeToken{v, secret}, err
}
