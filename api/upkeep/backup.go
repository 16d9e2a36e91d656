package upkeep

import (
	"context"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/backup"
)

// room is what the operations of this package share.
type room struct {
	*door.Door
}

// Route serves the operations of this package.
func Route(d *door.Door) {
	a := &room{d}
	door.Register(d, "backups", func(ctx context.Context, _ *door.None) (*door.Body[Backups], error) {
		return door.Answer(a.backups(ctx))
	})
}

// Backups is how the backups of this server are.
type Backups struct {
	Data     string   `json:"data" doc:"The data folder"`
	To       string   `json:"to" doc:"Folder that scheduled backups go to; empty where none are"`
	Every    int64    `json:"every" doc:"Seconds between scheduled backups; 0 where none are"`
	Keep     int      `json:"keep" doc:"How many verified ones of the schedule stay; 0 where all do"`
	Unproven int      `json:"unproven" doc:"Backups in the folder of the last one that were not verified by this server: neither counted nor removed"`
	Verified *Kept    `json:"verified,omitempty" doc:"The last one that was restored and compared; left out where there is none"`
	Last     *Kept    `json:"last,omitempty" doc:"The last one; left out where there is none"`
	Failed   *Failure `json:"failed,omitempty" doc:"The last try, when it failed"`
	Due      bool     `json:"due" doc:"No verified backup is as young as it should be"`
}

// Kept is one backup.
type Kept struct {
	Made    akhra.Millis `json:"made" doc:"It holds what was acknowledged before"`
	Folder  string       `json:"folder"`
	Answers int64        `json:"answers"`
	Items   int64        `json:"items"`
}

// Failure is a backup that was not made, or could not be restored.
type Failure struct {
	At  akhra.Millis `json:"at"`
	Why string       `json:"why" doc:"As the server's log has it"`
}

func (a *room) backups(context.Context) (Backups, error) {
	r, err := backup.ReadRecord(a.DataDir)
	if err != nil {
		return Backups{}, err
	}
	out := Backups{Data: a.DataDir, To: a.BackupTo, Every: int64(a.BackupEvery / time.Second), Keep: a.BackupKeep, Unproven: r.Unproven, Verified: kept(r.Verified), Last: kept(r.Last),
		Due: r.Due(a.Now(), time.UnixMilli(int64(a.Org.Created)), a.BackupEvery)}
	if r.Failed != nil {
		out.Failed = &Failure{At: akhra.MillisOf(r.Failed.At), Why: r.Failed.Why}
	}
	return out, nil
}

func kept(k *backup.Kept) *Kept {
	if k == nil {
		return nil
	}
	return &Kept{Made: akhra.MillisOf(k.Made), Folder: k.Folder, Answers: k.Answers, Items: k.Items}
}
