package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"math"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// shell runs command lines of one test.
type shell struct {
	t        *testing.T
	dir      string
	out, err bytes.Buffer
}

func (s *shell) run(want int, args ...string) {
	s.t.Helper()
	s.out.Reset()
	s.err.Reset()
	if code := run(s.t.Context(), args, &console.Console{Out: &s.out, Err: &s.err}); code != want {
		s.t.Fatalf("akhra %v: exit code %d, want %d\n%s%s", args, code, want, s.out.String(), s.err.String())
	}
}

func (s *shell) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shell) path(name string) string { return filepath.Join(s.dir, name) }

// paint writes n pictures of each class: noise in its colour, some of them large.
func (s *shell) paint(n int, classes ...string) {
	s.t.Helper()
	dice := mathrand.New(mathrand.NewPCG(1, 2))
	for k, class := range classes {
		s.must(os.MkdirAll(s.path("pics/"+class), 0o755))
		for i := range n {
			side := 70 + 50*(i%9)
			img := image.NewRGBA(image.Rect(0, 0, side, side-9))
			for at := range side * (side - 9) {
				noise := byte(dice.IntN(120))
				c := [3]byte{noise, noise, noise}
				c[k] += 100
				img.SetRGBA(at%side, at/side, color.RGBA{c[0], c[1], c[2], 255})
			}
			var body bytes.Buffer
			s.must(png.Encode(&body, img))
			s.must(os.WriteFile(s.path(fmt.Sprintf("pics/%s/%s-%d.png", class, class, i)), body.Bytes(), 0o644))
		}
	}
}

// teach lets one person answer n tasks truly and returns what the server's model then
// says of every picture that nobody answered, by name.
func (s *shell) teach(n int) map[string][]float64 {
	s.t.Helper()
	ctx := s.t.Context()
	db, err := store.Open(ctx, s.path("data"), store.Options{Now: time.Now, Chance: rand.Reader})
	s.must(err)
	defer func() { s.must(db.Close()) }()
	blobs, err := blob.Open(s.path("data/blobs"))
	s.must(err)
	org, err := db.EnsureOrg(ctx, "Akhra")
	s.must(err)
	e := engine.New(engine.Config{DB: db, Blobs: blobs, Now: time.Now, Chance: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	p, err := db.ProjectByName(ctx, org.ID, "Leaves")
	s.must(err)
	t := akhra.Tenant{Org: org.ID, Project: p.ID}
	s.must(e.Drain(ctx))
	who := akhra.User{ID: akhra.UserID(db.NewID()), Org: org.ID, Name: "Asha", Login: db.NewID(), Role: akhra.Annotator, Created: akhra.MillisOf(time.Now())}
	s.must(db.AddUser(ctx, who))
	s.answer(ctx, db, e, t, who.ID, n)
	names := map[akhra.ItemID]string{}
	items, err := db.Items(ctx, t, 0, 1000)
	s.must(err)
	for _, i := range items {
		names[i.ID] = i.Name
	}
	answered := map[string]bool{}
	s.must(db.Votes(ctx, t, func(v akhra.Vote) error { answered[v.Name] = true; return nil }))
	says := map[string][]float64{}
	s.must(e.Loop.Says(ctx, t, func(item akhra.ItemID, q []float64) {
		if !answered[names[item]] {
			says[names[item]] = slices.Clone(q)
		}
	}))
	return says
}

func (s *shell) answer(ctx context.Context, db *store.DB, e *engine.Engine, t akhra.Tenant, who akhra.UserID, n int) {
	s.t.Helper()
	_, labels, err := db.Project(ctx, t)
	s.must(err)
	for n > 0 {
		tasks, err := e.Queue.Lease(ctx, t, who, min(n, 10))
		s.must(err)
		if len(tasks) == 0 {
			s.t.Fatal("no task is left")
		}
		for _, task := range tasks {
			item, err := db.Item(ctx, t, task.Item)
			s.must(err)
			class := labels.Classes[slices.IndexFunc(labels.Classes, func(c akhra.Class) bool { return strings.Contains(item.Name, c.Name) })].ID
			_, err = db.Submit(ctx, t, who, []akhra.Annotation{{ID: akhra.AnnotationID(db.NewID()), Assignment: task.ID, Task: task.Task, Answer: akhra.AnswerClass, Class: class}})
			s.must(err)
		}
		n -= len(tasks)
		s.must(e.Drain(ctx))
	}
}

// TestPredict_SaysWhatTheServerSays: the exported model gives, without a server, the
// probabilities that the server gives of the same pictures, whatever it sees them with.
func TestPredict_SaysWhatTheServerSays(t *testing.T) {
	t.Parallel()
	for _, embedder := range []string{"builtin", "builtin,onnx:small", "onnx:small"} {
		t.Run(embedder, func(t *testing.T) {
			t.Parallel()
			s := &shell{t: t, dir: t.TempDir()}
			s.paint(16, "beetle", "leaf", "stone")
			data, file := s.path("data"), s.path("leaves.akhra")
			s.run(exitDone, "import", "images", s.path("pics"), "--project", "Leaves", "--data", data)
			s.run(exitFailed, "model", "export", "--project", "Leaves", "--out", file, "--data", data)
			if !strings.Contains(s.err.String(), "no model yet") {
				t.Fatalf("without a model: %s", s.err.String())
			}
			s.run(exitDone, "model", "add", "small", "../../backend/testdata/small.onnx", "--side", "64", "--data", data)
			s.run(exitDone, "model", "use", embedder, "--project", "Leaves", "--data", data)
			want := s.teach(30)
			s.run(exitDone, "model", "export", "--project", "Leaves", "--out", file, "--data", data)
			s.must(os.WriteFile(s.path("pics/leaf/none.png"), []byte("no picture"), 0o644))
			s.run(exitPartly, "predict", "--model", file, s.path("pics"), "--format", "jsonl")
			if got := s.err.String(); !strings.Contains(got, "refused leaf/none.png: ") || !strings.Contains(got, "Looking at pictures: 49 of 49") {
				t.Errorf("standard error is %q", got)
			}
			s.compare(want, []string{"beetle", "leaf", "stone"})
			s.run(exitPartly, "predict", "--model", file, s.path("pics"), "--out", s.path("out.csv"))
			s.table(48, []string{"item", "class", "probability", "p:beetle", "p:leaf", "p:stone"})
			s.stopped("predict", "--model", file, s.path("pics"), "--out", s.path("never.csv"))
			code := exitFailed
			if embedder == "onnx:small" {
				code = exitDone
			}
			s.run(code, "model", "export", "--project", "Leaves", "--format", "onnx", "--out", s.path("leaves.onnx"), "--data", data)
			if code == exitFailed && !strings.Contains(s.err.String(), "built-in features, which an ONNX file cannot hold") {
				t.Errorf("%s", s.err.String())
			}
		})
	}
}

// stopped runs a command line that somebody stops at once: it writes nothing.
func (s *shell) stopped(args ...string) {
	s.t.Helper()
	s.out.Reset()
	s.err.Reset()
	ctx, stop := context.WithCancel(s.t.Context())
	stop()
	code := run(ctx, args, &console.Console{Out: &s.out, Err: &s.err})
	if _, err := os.Stat(args[len(args)-1]); code != exitFailed || s.out.Len() > 0 || err == nil || !strings.Contains(s.err.String(), "Stopped. Nothing was written.") {
		s.t.Errorf("exit code %d, %q, %q, file %v", code, s.out.String(), s.err.String(), err)
	}
}

// compare holds the lines of standard output against what the server said.
func (s *shell) compare(want map[string][]float64, classes []string) {
	s.t.Helper()
	last, told, worst := "", 0, 0.0
	for line := range strings.Lines(s.out.String()) {
		var said struct {
			Item, Class   string
			Probability   float64
			Probabilities map[string]float64
		}
		s.must(json.Unmarshal([]byte(line), &said))
		if said.Item <= last || said.Probabilities[said.Class] != said.Probability {
			s.t.Fatalf("%s after %s", line, last)
		}
		last = said.Item
		q, ok := want[said.Item]
		if !ok {
			continue
		}
		told++
		for k, class := range classes {
			worst = max(worst, math.Abs(said.Probabilities[class]-q[k]))
		}
	}
	if told != len(want) || told < 10 || !(worst <= 1e-6) {
		s.t.Fatalf("%d pictures of %d are told, the largest difference is %v", told, len(want), worst)
	}
	s.t.Logf("%d pictures, largest difference %.1e", told, worst)
}

func (s *shell) table(rows int, columns []string) {
	s.t.Helper()
	f, err := os.Open(s.path("out.csv"))
	s.must(err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	s.must(err)
	if len(all) != rows+1 || !slices.Equal(all[0], columns) {
		s.t.Fatalf("%d lines, %q", len(all), all[0])
	}
	for _, row := range all[1:] {
		sum := 0.0
		for _, text := range row[3:] {
			v, err := strconv.ParseFloat(text, 64)
			s.must(err)
			sum += v
		}
		if math.Abs(sum-1) > 1e-6 {
			s.t.Fatalf("%q adds up to %v", row, sum)
		}
	}
}
