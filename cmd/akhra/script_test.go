package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"akhra.dev/akhra/console"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"akhra": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], &console.Console{Out: os.Stdout, Err: os.Stderr}))
	}})
}

// TestScripts runs the command lines of testdata/script as a person types
// them; each file names the rules it shows.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:       "testdata/script",
		Setup:     prepare,
		Condition: condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"draw": draw, "await": await, "fetch": fetch, "exits": exits, "pack": pack,
			"newer": newer, "readonly": readonly, "disk": disk, "fill": fill},
	})
}

// prepare tells a script a free address and where the networks of the tests are.
func prepare(env *testscript.Env) error {
	networks, err := filepath.Abs("../../backend/testdata")
	if err != nil {
		return err
	}
	env.Setenv("NETWORKS", networks)
	return setFreeAddress(env)
}

// draw N DIR writes N different pictures.
func draw(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("draw N DIR")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	dir := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(dir, 0o755))
	for i := range n {
		img := image.NewGray(image.Rect(0, 0, 80, 60))
		_, _ = rand.NewChaCha8(sha256.Sum256(fmt.Append(nil, args[1], i))).Read(img.Pix) // it never fails
		var out bytes.Buffer
		ts.Check(png.Encode(&out, img))
		ts.Check(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", filepath.Base(dir), i)), out.Bytes(), 0o644))
	}
}
