package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/engine"
)

type fsckCommand struct {
	Data string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	From string `help:"Folder that collects backups: files that are damaged or missing are brought back from it." placeholder:"DIR"`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// checkWish is what the command asks the server for.
type checkWish struct {
	From string `json:"from"`
}

// checked is what a look at every file and every vector found and mended.
type checked struct {
	backup.Health
	Healed  []string        `json:"healed"` // of the damaged and missing, those that a backup had
	Vectors []engine.Mended `json:"vectors"`
}

// Run reads every picture and file of the data folder, sets aside what is
// damaged, brings back what a backup has, and computes vectors anew that are
// missing or do not fit. It ends with 3 when something is lost for good.
func (f *fsckCommand) Run(ctx context.Context, c *console) (err error) {
	wish := checkWish{f.From}
	if f.From != "" {
		if wish.From, err = filepath.Abs(f.From); err != nil {
			return fmt.Errorf("find the backup folder: %w", err)
		}
	}
	cl, leave, err := enterHouse(ctx, c, houseOptions{dir: f.Data, log: c.err, rest: true})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var found checked
	if err := cl.ask(ctx, "POST", "/local/fsck", wish, &found); err != nil {
		return err
	}
	if f.JSON {
		err = json.NewEncoder(c.out).Encode(found)
	} else {
		found.print(c)
	}
	if err != nil {
		return err
	}
	return found.lost(c)
}

func (f *checked) print(c *console) {
	fmt.Fprintf(c.out, "%d files: %d damaged, %d missing, %d of them brought back\n", f.Blobs, len(f.Damaged), len(f.Missing), len(f.Healed))
	for _, v := range f.Vectors {
		switch {
		case v.Problem != "":
		case v.Missing+v.Wrong > 0:
			fmt.Fprintf(c.out, "%s: %d vectors were missing and %d did not fit; they were computed again, of %d\n", v.Project, v.Missing, v.Wrong, v.Pictures)
		default:
			fmt.Fprintf(c.out, "%s: %d vectors fit\n", v.Project, v.Pictures-v.Unseen)
		}
	}
}

// lost lists what stays damaged or missing.
func (f *checked) lost(c *console) error {
	bad := refusals{c: c}
	for _, one := range []struct {
		hashes []string
		why    string
	}{{f.Damaged, "its bytes are not those that were stored; it was set aside"}, {f.Missing, "it is not on the disk"}} {
		for _, hash := range one.hashes {
			if !slices.Contains(f.Healed, hash) {
				bad.add(hash, one.why)
			}
		}
	}
	for _, v := range f.Vectors {
		if v.Problem != "" {
			bad.add("the vectors of "+v.Project, v.Problem)
		}
	}
	return bad.end()
}

func (h *house) check(ctx context.Context, wish checkWish) (found checked, err error) {
	if found.Health, err = backup.Check(ctx, h.db, h.dir); err != nil {
		return found, err
	}
	for _, hash := range found.Damaged {
		if err := h.blobs.SetAside(hash); err != nil {
			return found, err
		}
	}
	found.Healed = []string{}
	if wish.From != "" {
		if found.Healed, err = backup.Heal(ctx, h.blobs, wish.From, slices.Concat(found.Damaged, found.Missing)); err != nil {
			return found, err
		}
	}
	found.Vectors, err = h.engine.Mend(ctx)
	return found, err
}
