package house

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/store"
)

// TestAPINCountsOnlyWithTheKeyItWasMadeWith: it is in no backup, and outlives a
// restore only where the operator has kept the key.
func TestAPINCountsOnlyWithTheKeyItWasMadeWith(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	db, err := store.Open(t.Context(), data, store.Options{})
	must(t, err)
	first, err := pinKey(t.Context(), db, data)
	must(t, err)
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	must(t, err)
	u := akhra.User{ID: akhra.UserID(db.NewID()), Org: org.ID, Name: "Sushila", Login: "sushila", Role: akhra.Annotator}
	must(t, db.AddUser(t.Context(), u))
	must(t, db.SetPIN(t.Context(), org.ID, u.ID, "hash of a PIN"))
	at, _, err := backup.Make(t.Context(), db, data, t.TempDir(), time.Now())
	must(t, err)
	must(t, db.Close())
	for _, row := range []struct {
		name string
		keep bool
		pin  string
	}{{"restored", false, ""}, {"restored, the key put back", true, "hash of a PIN"}} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			again := filepath.Join(t.TempDir(), "data")
			_, err := backup.Restore(t.Context(), at, again, true)
			must(t, err)
			if row.keep {
				must(t, os.WriteFile(filepath.Join(again, "pin.key"), first, 0o600))
			}
			db, err := store.Open(t.Context(), again, store.Options{})
			must(t, err)
			defer db.Close()
			for range 2 { // the second start changes nothing
				key, err := pinKey(t.Context(), db, again)
				must(t, err)
				if bytes.Equal(key, first) != row.keep {
					t.Error("the key is not what it should be")
				}
				if got, err := db.User(t.Context(), org.ID, u.ID); err != nil || got.PINHash != row.pin {
					t.Errorf("her PIN is %q, %v", got.PINHash, err)
				}
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
