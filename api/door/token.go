package door

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"akhra.dev/akhra"
)

// Token makes 256 bits of chance in a form fit for cookies and links.
func (a *Door) Token() (string, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(a.Chance, raw); err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// HashToken is the only form in which the store sees a token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// LinkLife is how long a one-time link waits to be opened.
const LinkLife = 7 * 24 * time.Hour

// NewLink stores a one-time link and returns its token, which nobody can read
// again.
func (a *Door) NewLink(ctx context.Context, link akhra.Link) (token string, err error) {
	if token, err = a.Token(); err != nil {
		return "", err
	}
	link.TokenHash = HashToken(token)
	if link.Expires == 0 {
		link.Expires = akhra.MillisOf(a.Now().Add(LinkLife))
	}
	if err := a.DB.AddLink(ctx, link); err != nil {
		return "", fmt.Errorf("store link: %w", err)
	}
	return token, nil
}
