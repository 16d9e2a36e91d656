package store_test

import (
	"testing"
	"time"

	"akhra.dev/akhra/store"
	"akhra.dev/akhra/store/storetest"
)

func TestSQLiteKeepsTheRulesOfAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, now func() time.Time) storetest.Store {
		return open(t, t.TempDir(), store.Options{Now: now})
	})
}

func open(t testing.TB, dir string, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
