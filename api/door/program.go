package door

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"akhra.dev/akhra"
)

// TokenPrefix stands before the token of a program, so that people and secret
// scanners see what it is.
const TokenPrefix = "akhra_"

// usedEvery is how exactly it is known when a program last came.
const usedEvery = 60_000

// programOf finds for whom a program acts by the token in its Authorization
// header. The program may what the token was given and she may herself now.
func (a *Door) programOf(r *http.Request) (*Caller, error) {
	shown, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer || !strings.HasPrefix(shown, TokenPrefix) {
		return nil, errProgram()
	}
	return a.program(r.Context(), HashToken(shown))
}

// Again looks up once more who calls, for what lasts; it fails when the session
// or the token has ended meanwhile.
func (a *Door) Again(ctx context.Context, c *Caller) (*Caller, error) {
	if c.Key != nil {
		return a.program(ctx, c.Token)
	}
	return a.LookUp(ctx, c.Token)
}

func (a *Door) program(ctx context.Context, hash string) (*Caller, error) {
	if c := a.sessions.get(hash); c != nil {
		return c, nil
	}
	token, err := a.DB.Token(ctx, hash)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil, errProgram()
	}
	if err != nil {
		return nil, fmt.Errorf("look up a token: %w", err)
	}
	user, err := a.DB.User(ctx, token.Org, token.User)
	if err != nil {
		return nil, fmt.Errorf("look up whose token it is: %w", err)
	}
	if akhra.MillisOf(a.Now())-token.Used > usedEvery {
		if err := a.DB.UseToken(ctx, token.Org, token.ID); err != nil {
			return nil, fmt.Errorf("note that a program came: %w", err)
		}
	}
	return a.remember(ctx, &Caller{User: user, Token: hash, Key: &token})
}

func errProgram() error {
	return akhra.Errorf(akhra.Unauthorized, "The token is not valid: it ran out, was taken away, or is not written whole.")
}
