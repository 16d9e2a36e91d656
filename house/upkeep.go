package house

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/engine"
)

// BackupMade is what a backup tells.
type BackupMade struct {
	Folder   string  `json:"folder"`
	Answers  int64   `json:"answers"`
	Blobs    int     `json:"blobs"`
	Copied   int     `json:"copied"`
	Verified bool    `json:"verified"`
	Seconds  float64 `json:"seconds"`
	backup.Pruned
}

// CheckWish is what POST /local/fsck takes: a folder of backups that damaged
// and missing files are brought back from, or none.
type CheckWish struct {
	From string `json:"from"`
}

// Checked is what a look at every file and every vector found and mended.
type Checked struct {
	backup.Health
	Healed  []string        `json:"healed"` // of the damaged and missing, those that a backup had
	Remade  []string        `json:"remade"` // of the others, small copies that were made again from their pictures
	Vectors []engine.Mended `json:"vectors"`
}

// upkeep serves what only the operator of this machine may ask, over the
// socket: a backup, a look at every file.
func (h *House) upkeep(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("POST /local/backup", func(w http.ResponseWriter, r *http.Request) {
		var in backup.Wish
		err := json.NewDecoder(r.Body).Decode(&in)
		var made BackupMade
		if err == nil {
			made, err = h.backup(r.Context(), in)
		}
		h.tell(w, made, err)
	})
	mux.HandleFunc("POST /local/fsck", func(w http.ResponseWriter, r *http.Request) {
		var in CheckWish
		err := json.NewDecoder(r.Body).Decode(&in)
		var found Checked
		if err == nil {
			found, err = h.check(r.Context(), in)
		}
		h.tell(w, found, err)
	})
	return mux
}

// tell answers the operator, who may read everything about an error.
func (h *House) tell(w http.ResponseWriter, what any, err error) {
	if err != nil {
		h.Log.Error("upkeep failed", slog.Any("error", err))
		door.WriteJSON(w, http.StatusInternalServerError, door.JSONType, door.Problem{Type: "unavailable", Title: console.Sentence(err)})
		return
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, what)
}

func (h *House) backup(ctx context.Context, wish backup.Wish) (BackupMade, error) {
	start := time.Now()
	taken, err := backup.Take(ctx, h.DB, h.dir, wish, start)
	return BackupMade{Folder: taken.Folder, Answers: taken.Facts.Answers, Blobs: len(taken.Blobs), Copied: taken.Copied, Verified: wish.Verify, Seconds: time.Since(start).Seconds(), Pruned: taken.Pruned}, err
}

// Backups is when backups are made by themselves, where to, and how many
// verified ones stay there, 0 for all; the zero value makes none.
type Backups struct {
	To    string
	Every time.Duration
	Keep  int
}

// backupsOften makes a backup at once and then every while, until ctx ends,
// and verifies each by restoring it beside. What fails is logged and tried
// again the next time.
func (h *House) backupsOften(ctx context.Context, plan Backups) {
	for {
		made, err := h.backup(ctx, backup.Wish{Out: plan.To, Verify: true, Keep: plan.Keep})
		switch {
		case err == nil:
			h.Log.Info("a backup is made", slog.String("folder", made.Folder), slog.Int("removed", made.Removed), slog.Int("unproven", made.Unproven))
		case ctx.Err() == nil:
			h.Log.Error("the backup failed", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(plan.Every):
		}
	}
}

func (h *House) check(ctx context.Context, wish CheckWish) (found Checked, err error) {
	if found.Health, err = backup.Check(ctx, h.DB, h.dir); err != nil {
		return found, err
	}
	for _, hash := range found.Damaged {
		if err := h.blobs.SetAside(hash); err != nil {
			return found, err
		}
	}
	found.Healed = []string{}
	lost := slices.Concat(found.Damaged, found.Missing)
	if wish.From != "" {
		if found.Healed, err = backup.Heal(ctx, h.blobs, wish.From, lost); err != nil {
			return found, err
		}
		lost = slices.DeleteFunc(lost, func(hash string) bool { return slices.Contains(found.Healed, hash) })
	}
	if found.Remade, err = h.Engine.Remake(ctx, lost); err != nil {
		return found, err
	}
	found.Vectors, err = h.Engine.Mend(ctx)
	return found, err
}
