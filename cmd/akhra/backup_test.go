package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akhra.dev/akhra/backup"
	"akhra.dev/akhra/console"
)

func TestAServerMakesTheBackupsItIsAskedForAndVerifiesThem(t *testing.T) {
	t.Parallel()
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "backups")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var said bytes.Buffer
	code := make(chan int)
	go func() {
		code <- run(ctx, []string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--backup", out}, &console.Console{Out: &said, Err: &said})
	}()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if r, err := backup.ReadRecord(data); err == nil && r.Verified != nil {
			if _, err := os.Stat(filepath.Join(r.Verified.Folder, "manifest.json")); err != nil {
				t.Errorf("the backup that was verified: %v", err)
			}
			break
		}
		if time.Now().After(end) {
			t.Error("no backup was verified in half a minute")
			break
		}
	}
	stop()
	if c := <-code; c != exitDone {
		t.Errorf("the server ended with %d: %s", c, said.String())
	}
}
