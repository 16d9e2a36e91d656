package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// Remake makes the small copies of a picture again from the bytes that came,
// keeps those that are lost and tells which. One that comes out otherwise, as
// other versions of this program may make it, stays lost.
func (r *Room) Remake(ctx context.Context, name string, original []byte, lost map[string]bool) (made []string, err error) {
	p, err := r.make(ctx, name, original)
	if _, refused := errors.AsType[*akhra.Error](err); refused {
		return nil, nil // limits may have changed since it was taken
	}
	if err != nil {
		return nil, err
	}
	for _, small := range [][]byte{p.thumb, p.variants[0], p.variants[1], p.variants[2]} {
		sum := sha256.Sum256(small)
		hash := hex.EncodeToString(sum[:])
		if !lost[hash] || slices.Contains(made, hash) {
			continue
		}
		if _, err := r.blobs.PutBytes(ctx, small); err != nil {
			return made, fmt.Errorf("keep a small copy: %w", err)
		}
		made = append(made, hash)
	}
	return made, nil
}
