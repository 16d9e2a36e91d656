package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"akhra.dev/akhra/store"
)

// Wish is what is asked of a backup.
type Wish struct {
	Out    string `json:"out"`    // folder that collects backups
	Verify bool   `json:"verify"` // restore it beside and compare every byte; needs as much space again for a while
	Keep   int    `json:"keep"`   // how many verified ones stay in that folder, 0 for all
}

// Taken is a backup that was made.
type Taken struct {
	Folder string
	Manifest
	Pruned
}

var taking sync.Mutex // what one backup names must not be removed beside it

// Take makes a backup as Make does, proves it as Restore does if that is
// wished, removes the oldest and remembers in the data folder what came of it.
// Only verified backups of this data folder count and are removed, and the
// newest of them always stays.
func Take(ctx context.Context, db *store.DB, data string, w Wish, now time.Time) (t Taken, err error) {
	taking.Lock()
	defer taking.Unlock()
	t.Folder, t.Manifest, err = Make(ctx, db, data, w.Out, now)
	var k Kept
	if err == nil {
		k = Kept{Made: t.Made, Folder: t.Folder, Answers: t.Facts.Answers, Items: t.Facts.Items}
		if w.Verify {
			err = prove(ctx, t.Folder)
		}
	}
	if ctx.Err() != nil {
		return t, errors.Join(err, ctx.Err()) // stopped, not failed
	}
	return t, remember(data, func(r *Record) error {
		r.note(k, w.Verify && err == nil, err, now)
		if err != nil {
			return err
		}
		if t.Pruned, err = r.prune(w.Out, w.Keep, now); err != nil {
			r.note(Kept{}, false, err, now)
		}
		r.Unproven = t.Unproven
		return err
	})
}

// prove restores a backup beside itself.
func prove(ctx context.Context, dir string) error {
	trial, err := os.MkdirTemp(filepath.Dir(dir), ".verify-")
	if err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	defer os.RemoveAll(trial)
	if _, err := Restore(ctx, dir, trial, true); err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	return nil
}
