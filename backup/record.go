package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// recordFile lies in the data folder and in no backup.
const recordFile = "backup.json"

// Usual is how old the last verified backup may grow where none is scheduled.
const Usual = 7 * 24 * time.Hour

// Record is what a data folder remembers of its backups; nil for what never
// happened.
type Record struct {
	Last     *Kept    `json:"last,omitempty"`
	Verified *Kept    `json:"verified,omitempty"` // the last one that was restored and compared
	Proven   []Kept   `json:"proven,omitempty"`   // all of those that are still there, oldest first
	Unproven int      `json:"unproven,omitempty"` // others in the folder of the last one
	Failed   *Failure `json:"failed,omitempty"`   // the last try, when it failed
}

// Kept is one backup: Made is when it was begun, so that it holds what was
// acknowledged before.
type Kept struct {
	Made    time.Time `json:"made"`
	Folder  string    `json:"folder"`
	Answers int64     `json:"answers"`
	Items   int64     `json:"items"`
}

// Failure is a backup that was not made, or could not be restored.
type Failure struct {
	At  time.Time `json:"at"`
	Why string    `json:"why"`
}

// Due tells whether it is time to worry: the last verified backup, or the
// folder itself where there is none, is a quarter older than every says, or
// Usual where every is 0.
func (r Record) Due(now, born time.Time, every time.Duration) bool {
	if every == 0 {
		every = Usual
	}
	if r.Verified != nil {
		born = r.Verified.Made
	}
	return now.Sub(born) > every+every/4
}

// ReadRecord reads what a data folder remembers, nothing where it never had a
// backup.
func ReadRecord(data string) (r Record, err error) {
	text, err := os.ReadFile(filepath.Join(data, recordFile))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read the record of backups: %w", err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("read the record of backups: %w", err)
	}
	return r, nil
}

var recording sync.Mutex // one process holds a data folder

// remember changes what a data folder remembers.
func remember(data string, change func(*Record) error) error {
	recording.Lock()
	defer recording.Unlock()
	r, err := ReadRecord(data)
	if err != nil {
		r = Record{} // it cannot be read: the next one can
	}
	changed := change(&r)
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return errors.Join(changed, writeWhole(filepath.Join(data, recordFile), strings.NewReader(string(text))), syncFolder(data))
}

// note notes a backup, or why there is none.
func (r *Record) note(k Kept, verified bool, failed error, now time.Time) {
	if r.Failed = nil; failed != nil {
		r.Failed = &Failure{At: now.UTC(), Why: reason(failed)}
	}
	if k.Folder != "" {
		r.Last = &k
	}
	if !verified {
		return
	}
	if r.Verified != nil && len(r.Proven) == 0 { // of before they were listed
		r.Proven = []Kept{*r.Verified}
	}
	r.Verified = &k
	r.Proven = append(r.Proven, k)
}

// reason is the kind sentence of an error where it has one.
func reason(err error) string {
	if e, ok := errors.AsType[*akhra.Error](err); ok && e.Message != "" {
		return e.Message
	}
	return err.Error()
}
