package store

import (
	"errors"
	"testing"

	"akhra.dev/akhra"
)

// A request that had told the log something before it failed leaves no gap in
// it: who follows the log finds events by counting from the first.
func TestAFailedRequestLeavesNoGapInTheLog(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	org, err := db.EnsureOrg(t.Context(), "Khunti centre")
	if err != nil {
		t.Fatal(err)
	}
	says := func(subject string) akhra.Event {
		return akhra.Event{Org: org.ID, Kind: akhra.EventLooked, Subject: subject}
	}
	first, err := db.Append(t.Context(), says("first"))
	if err != nil {
		t.Fatal(err)
	}
	failure := errors.New("it cannot be done")
	err = db.write(t.Context(), func(t *tx) error {
		if _, err := t.event(says("undone")); err != nil {
			return err
		}
		return failure
	})
	if !errors.Is(err, failure) {
		t.Fatalf("failed with %v, want %v", err, failure)
	}
	second, err := db.Append(t.Context(), says("second"))
	if err != nil || second != first+1 {
		t.Errorf("the next event has place %d, %v, want %d", second, err, first+1)
	}
	if after, err := db.Events(t.Context(), org.ID, first, 10); err != nil || len(after) != 1 || after[0].Subject != "second" {
		t.Errorf("after the first: %+v, %v", after, err)
	}
}
