package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"akhra.dev/akhra/store"
)

// Take makes a backup as Make does and remembers in the data folder what came
// of it. With verify it restores the backup beside, as Restore does, and
// throws the copy away; that needs as much space again for a while.
func Take(ctx context.Context, db *store.DB, data, out string, verify bool, now time.Time) (dir string, m Manifest, err error) {
	dir, m, err = Make(ctx, db, data, out, now)
	var k Kept
	if err == nil {
		k = Kept{Made: m.Made, Folder: dir, Answers: m.Facts.Answers, Items: m.Facts.Items}
		if verify {
			err = prove(ctx, dir)
		}
	}
	if ctx.Err() != nil {
		return dir, m, errors.Join(err, ctx.Err()) // stopped, not failed
	}
	return dir, m, errors.Join(err, remember(data, k, verify && err == nil, err, now))
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
