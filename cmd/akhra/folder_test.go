package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// newer DIR makes a data folder look as if a later version had written it.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("newer DIR")
	}
	db, err := sql.Open("sqlite", filepath.Join(ts.MkAbs(args[0]), "akhra.db"))
	ts.Check(err)
	_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	ts.Check(errors.Join(err, db.Close()))
}

// readonly DIR makes a folder that nobody may write to, root neither.
func readonly(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("readonly DIR")
	}
	dir := ts.MkAbs(args[0])
	if os.Getuid() == 0 {
		mount(ts, dir, unix.MS_RDONLY, "")
		return
	}
	ts.Check(os.Mkdir(dir, 0o500))
}

// condition tells a script whether it may mount disks; under CI it must.
func condition(name string) (bool, error) {
	if name != "mount" {
		return false, fmt.Errorf("there is no condition %q", name)
	}
	return os.Getuid() == 0 || os.Getenv("CI") == "true", nil
}

// disk DIR SIZE mounts a disk of that size.
func disk(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("disk DIR SIZE")
	}
	mount(ts, ts.MkAbs(args[0]), 0, "size="+args[1])
}

func mount(ts *testscript.TestScript, dir string, flags uintptr, data string) {
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(unix.Mount("tmpfs", dir, "tmpfs", flags, data))
	ts.Defer(func() { ts.Check(unix.Unmount(dir, 0)) })
}

// fill FILE [ROOM] fills the disk that a file is on with the file, but for
// some bytes of room.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 && len(args) != 2 {
		ts.Fatalf("fill FILE [ROOM]")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	for block := make([]byte, 1<<16); err == nil; {
		_, err = f.Write(block)
	}
	if len(args) == 2 {
		room, err := strconv.ParseInt(args[1], 10, 64)
		ts.Check(err)
		full, err := f.Seek(0, io.SeekCurrent)
		ts.Check(err)
		ts.Check(f.Truncate(full - room))
	}
	ts.Check(f.Close())
	if !errors.Is(err, syscall.ENOSPC) {
		ts.Fatalf("fill: %v", err)
	}
}
