package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type fsckCommand struct {
	Data string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	From string `help:"Folder that collects backups: files that are damaged or missing are brought back from it." placeholder:"DIR"`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run reads every picture and file of the data folder, sets aside what is
// damaged, brings back what a backup has, makes small copies again whose
// picture is whole, and computes vectors anew that are missing or do not fit. It ends with 3 when something is lost for good.
func (f *fsckCommand) Run(ctx context.Context, c *console.Console) (err error) {
	wish := house.CheckWish{From: f.From}
	if f.From != "" {
		if wish.From, err = filepath.Abs(f.From); err != nil {
			return fmt.Errorf("find the backup folder: %w", err)
		}
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: f.Data, Rest: true, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var found house.Checked
	if err := cl.Ask(ctx, "POST", "/local/fsck", wish, &found); err != nil {
		return err
	}
	if f.JSON {
		err = json.NewEncoder(c.Out).Encode(found)
	} else {
		printChecked(c, found)
	}
	if err != nil {
		return err
	}
	return lost(c, found)
}

func printChecked(c *console.Console, f house.Checked) {
	fmt.Fprintf(c.Out, "%d files: %d damaged, %d missing, %d of them brought back, %d made again from their pictures\n", f.Blobs, len(f.Damaged), len(f.Missing), len(f.Healed), len(f.Remade))
	for _, v := range f.Vectors {
		switch {
		case v.Problem != "":
		case v.Missing+v.Wrong > 0:
			fmt.Fprintf(c.Out, "%s: %d vectors were missing and %d did not fit; they were computed again, of %d\n", v.Project, v.Missing, v.Wrong, v.Pictures)
		default:
			fmt.Fprintf(c.Out, "%s: %d vectors fit\n", v.Project, v.Pictures-v.Unseen)
		}
	}
}

// lost lists what stays damaged or missing.
func lost(c *console.Console, f house.Checked) error {
	bad := c.Refusals()
	for _, one := range []struct {
		hashes []string
		why    string
	}{{f.Damaged, "its bytes are not those that were stored; it was set aside"}, {f.Missing, "it is not on the disk"}} {
		for _, hash := range one.hashes {
			if !slices.Contains(f.Healed, hash) && !slices.Contains(f.Remade, hash) {
				bad.Add(hash, one.why)
			}
		}
	}
	for _, v := range f.Vectors {
		if v.Problem != "" {
			bad.Add("the vectors of "+v.Project, v.Problem)
		}
	}
	return bad.End()
}
