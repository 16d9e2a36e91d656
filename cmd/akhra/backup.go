package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type backupCommand struct {
	Data string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Out  string `help:"Folder that collects backups, best on another disk." required:"" placeholder:"DIR"`

	Verify bool `help:"Restore it beside and compare every byte; needs as much space again for a while."`
	Keep   int  `help:"How many verified backups of this data folder stay there, 0 for all; the oldest are removed." default:"0" placeholder:"N"`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

// Run makes a backup while people work.
func (b *backupCommand) Run(ctx context.Context, c *console.Console) (err error) {
	if b.Keep < 0 {
		return usage("--keep takes 0 and more")
	}
	out, err := filepath.Abs(b.Out)
	if err != nil {
		return fmt.Errorf("find the backup folder: %w", err)
	}
	cl, leave, err := house.Enter(ctx, house.Options{Dir: b.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var made house.BackupMade
	if err := cl.Ask(ctx, "POST", "/local/backup", backup.Wish{Out: out, Verify: b.Verify, Keep: b.Keep}, &made); err != nil {
		return err
	}
	if b.JSON {
		return json.NewEncoder(c.Out).Encode(made)
	}
	next := "Restored and compared: it is whole."
	if !made.Verified {
		next = fmt.Sprintf("Try it: akhra restore %s --data NEW --verify", made.Folder)
	}
	fmt.Fprintf(c.Out, "%s: %d answers, %d files (%d new) in %.1f s. %s\n", made.Folder, made.Answers, made.Blobs, made.Copied, made.Seconds, next)
	if made.Removed > 0 {
		fmt.Fprintf(c.Out, "%d older removed.\n", made.Removed)
	}
	if b.Keep > 0 && made.Unproven > 0 {
		fmt.Fprintf(c.Out, "Not verified here, neither counted nor removed: %d.\n", made.Unproven)
	}
	return nil
}

type restoreCommand struct {
	Backup string `arg:"" help:"Folder of one backup, as akhra backup printed it." placeholder:"BACKUP"`
	Data   string `help:"New folder to restore into." required:"" placeholder:"DIR"`
	Verify bool   `help:"Compare every byte, look at every page of the database and count its answers."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// Run restores a backup into an empty folder.
func (r *restoreCommand) Run(ctx context.Context, c *console.Console) error {
	start := time.Now()
	m, err := backup.Restore(ctx, filepath.Clean(r.Backup), r.Data, r.Verify)
	if err != nil {
		return err
	}
	if r.JSON {
		return json.NewEncoder(c.Out).Encode(map[string]any{"made": m.Made, "answers": m.Facts.Answers, "pictures": m.Facts.Items,
			"blobs": len(m.Blobs), "verified": r.Verify, "seconds": time.Since(start).Seconds()})
	}
	how := "restored"
	if r.Verify {
		how = "restored and verified"
	}
	fmt.Fprintf(c.Out, "%d answers and %d pictures of %s %s in %.1f s. Start it: akhra serve --data %s\n", m.Facts.Answers, m.Facts.Items, m.Made.Format(time.RFC3339), how, time.Since(start).Seconds(), r.Data)
	fmt.Fprintln(c.Out, "PINs are in no backup: give people new ones, or put the old pin.key into the folder before it is first started.")
	return nil
}

// backups is when backups are made by themselves, and where to.
func (s *serveCommand) backups() (p house.Backups, err error) {
	if s.Backup == "" {
		return p, nil
	}
	if s.BackupEvery < time.Second {
		return p, usage("--backup-every takes a second and more, for example 24h")
	}
	if s.BackupKeep < 0 {
		return p, usage("--backup-keep takes 0 and more")
	}
	if p.To, err = filepath.Abs(s.Backup); err != nil {
		return p, fmt.Errorf("find the backup folder: %w", err)
	}
	p.Every, p.Keep = s.BackupEvery, s.BackupKeep
	return p, nil
}
