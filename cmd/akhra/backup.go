package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/backup"
)

type backupCommand struct {
	Data string `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	Out  string `help:"Folder that collects backups, best on another disk." required:"" placeholder:"DIR"`

	Verify bool `help:"Restore it beside and compare every byte; needs as much space again for a while."`
	JSON   bool `name:"json" help:"Print one JSON object."`
}

// backupWish is what the command asks the server for.
type backupWish struct {
	Out    string `json:"out"`
	Verify bool   `json:"verify"`
}

// backupMade is what a backup tells.
type backupMade struct {
	Folder   string  `json:"folder"`
	Answers  int64   `json:"answers"`
	Blobs    int     `json:"blobs"`
	Copied   int     `json:"copied"`
	Verified bool    `json:"verified"`
	Seconds  float64 `json:"seconds"`
}

// Run makes a backup while people work.
func (b *backupCommand) Run(ctx context.Context, c *console) (err error) {
	out, err := filepath.Abs(b.Out)
	if err != nil {
		return fmt.Errorf("find the backup folder: %w", err)
	}
	cl, leave, err := enter(ctx, b.Data, c)
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var made backupMade
	if err := cl.ask(ctx, "POST", "/local/backup", backupWish{out, b.Verify}, &made); err != nil {
		return err
	}
	if b.JSON {
		return json.NewEncoder(c.out).Encode(made)
	}
	next := "Restored and compared: it is whole."
	if !made.Verified {
		next = fmt.Sprintf("Try it: akhra restore %s --data NEW --verify", made.Folder)
	}
	fmt.Fprintf(c.out, "%s: %d answers, %d files (%d new) in %.1f s. %s\n", made.Folder, made.Answers, made.Blobs, made.Copied, made.Seconds, next)
	return nil
}

type restoreCommand struct {
	Backup string `arg:"" help:"Folder of one backup, as akhra backup printed it." placeholder:"BACKUP"`
	Data   string `help:"New folder to restore into." required:"" placeholder:"DIR"`
	Verify bool   `help:"Compare every byte, look at every page of the database and count its answers."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// Run restores a backup into an empty folder.
func (r *restoreCommand) Run(ctx context.Context, c *console) error {
	start := time.Now()
	m, err := backup.Restore(ctx, filepath.Clean(r.Backup), r.Data, r.Verify)
	if err != nil {
		return err
	}
	if r.JSON {
		return json.NewEncoder(c.out).Encode(map[string]any{"made": m.Made, "answers": m.Facts.Answers, "pictures": m.Facts.Items,
			"blobs": len(m.Blobs), "verified": r.Verify, "seconds": time.Since(start).Seconds()})
	}
	how := "restored"
	if r.Verify {
		how = "restored and verified"
	}
	fmt.Fprintf(c.out, "%d answers and %d pictures of %s %s in %.1f s. Start it: akhra serve --data %s\n", m.Facts.Answers, m.Facts.Items, m.Made.Format(time.RFC3339), how, time.Since(start).Seconds(), r.Data)
	fmt.Fprintln(c.out, "PINs are in no backup: give people new ones, or put the old pin.key into the folder before it is first started.")
	return nil
}

// upkeep serves what only the operator of this machine may ask, over the
// socket: a backup, a look at every file.
func (h *house) upkeep(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("POST /local/backup", func(w http.ResponseWriter, r *http.Request) {
		var in backupWish
		err := json.NewDecoder(r.Body).Decode(&in)
		var made backupMade
		if err == nil {
			made, err = h.backup(r.Context(), in)
		}
		h.tell(w, made, err)
	})
	mux.HandleFunc("POST /local/fsck", func(w http.ResponseWriter, r *http.Request) {
		var in checkWish
		err := json.NewDecoder(r.Body).Decode(&in)
		var found checked
		if err == nil {
			found, err = h.check(r.Context(), in)
		}
		h.tell(w, found, err)
	})
	return mux
}

// tell answers the operator, who may read everything about an error.
func (h *house) tell(w http.ResponseWriter, what any, err error) {
	if err != nil {
		h.log.Error("upkeep failed", slog.Any("error", err))
		door.WriteJSON(w, http.StatusInternalServerError, door.JSONType, door.Problem{Type: "unavailable", Title: sentence(err)})
		return
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, what)
}

func (h *house) backup(ctx context.Context, wish backupWish) (backupMade, error) {
	start := time.Now()
	dir, m, err := backup.Take(ctx, h.db, h.dir, wish.Out, wish.Verify, start)
	return backupMade{Folder: dir, Answers: m.Facts.Answers, Blobs: len(m.Blobs), Copied: m.Copied, Verified: wish.Verify, Seconds: time.Since(start).Seconds()}, err
}

// backupPlan is when backups are made by themselves, and where to; the zero
// value makes none.
type backupPlan struct {
	to    string
	every time.Duration
}

func (s *serveCommand) backupPlan() (p backupPlan, err error) {
	if s.Backup == "" {
		return p, nil
	}
	if s.BackupEvery < time.Second {
		return p, usage("--backup-every takes a second and more, for example 24h")
	}
	if p.to, err = filepath.Abs(s.Backup); err != nil {
		return p, fmt.Errorf("find the backup folder: %w", err)
	}
	p.every = s.BackupEvery
	return p, nil
}

// backupsOften makes a backup at once and then every while, until ctx ends,
// and verifies each by restoring it beside. What fails is logged and tried
// again the next time.
func (h *house) backupsOften(ctx context.Context, p backupPlan) {
	for {
		if _, err := h.backup(ctx, backupWish{p.to, true}); err != nil && ctx.Err() == nil {
			h.log.Error("the backup failed", slog.Any("error", err))
		}
		if !sleep(ctx, p.every) {
			return
		}
	}
}
