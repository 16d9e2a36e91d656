//go:build linux

package main

import (
	"bytes"
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/png"
	"math/rand/v2"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/history"
)

// worker is one annotator. Like the page, she sends what she has no word about
// again under the same id.
type worker struct {
	person
	name    string
	chance  *rand.Rand
	tasks   []task
	pending []answer
}

type task struct {
	ID   string `json:"id"`
	Task string `json:"task"`
	Item string `json:"item"`
}

type answer struct {
	ID         string `json:"id"`
	Assignment string `json:"assignment"`
	Task       string `json:"task"`
	Answer     string `json:"answer"`
	Class      string `json:"class"`
	Took       int64  `json:"tookMs"`
}

// step answers n pictures in one request and tells whether it could.
func (w *worker) step(n int) bool {
	if len(w.pending) == 0 && !w.answer(n) {
		return false
	}
	return w.flush()
}

// answer tags the next n pictures, leasing more when there are none.
func (w *worker) answer(n int) bool {
	if len(w.tasks) == 0 && !w.lease(8) {
		return false
	}
	n = min(n, len(w.tasks))
	for _, t := range w.tasks[:n] {
		c := w.house.classes[w.chance.IntN(len(w.house.classes))]
		a := answer{ID: newID(), Assignment: t.ID, Task: t.Task, Answer: "class", Class: c.ID, Took: 900}
		w.house.history.Send(a.ID, w.name, t.Item, c.Name)
		w.pending = append(w.pending, a)
	}
	w.tasks = w.tasks[n:]
	return true
}

// flush sends what waits.
func (w *worker) flush() bool {
	var out struct {
		Verdicts []struct{ ID, Outcome string }
	}
	body := map[string]any{"v": 1, "project": w.house.project, "answers": w.pending}
	if err := w.json("POST", "/api/sync", body, &out); err != nil {
		return false
	}
	for _, v := range out.Verdicts {
		switch v.Outcome {
		case "stored", "duplicate":
			w.house.history.Hear(v.ID, history.Stored)
		default:
			w.house.history.Hear(v.ID, history.Refused)
		}
	}
	w.pending = nil
	return true
}

func (w *worker) lease(n int) bool {
	var out struct{ Assignments []task }
	if err := w.json("POST", "/api/projects/"+w.house.project+"/lease", map[string]int{"n": n}, &out); err != nil {
		return false
	}
	w.tasks = out.Assignments
	return len(w.tasks) > 0
}

// work answers until told to stop, one picture a request, and rests a little
// after each.
func (w *worker) work(stop <-chan struct{}) {
	for {
		rest := time.Millisecond
		if !w.step(1) {
			rest = 10 * time.Millisecond
		}
		select {
		case <-stop:
			return
		case <-time.After(rest):
		}
	}
}

// upload adds a picture that nobody has seen before.
func (h *house) upload(from *rand.Rand) bool { return h.send(drawn(from)) }

// send adds a picture and tells whether anything is known of it. The same
// picture sent again is the same picture.
func (h *house) send(picture []byte) bool {
	sum := sha256.Sum256(picture)
	hash := hex.EncodeToString(sum[:])
	h.history.Picture(hash, history.Unknown)
	var out struct{ Outcome string }
	answer, err := h.owner.send("POST", "/api/projects/"+h.project+"/pictures?name="+pictureName(hash), "image/png", picture)
	if err == nil {
		err = json.Unmarshal(answer, &out)
	}
	switch {
	case err == nil && (out.Outcome == "imported" || out.Outcome == "known"):
		h.history.Picture(hash, history.Stored)
	case err == nil || isRefusal(err):
		h.history.Picture(hash, history.Refused)
	}
	return err == nil
}

func pictureName(hash string) string { return hash[:16] + ".png" }

// drawn is a small picture of noise.
func drawn(from *rand.Rand) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 48, 36))
	for i := range img.Pix {
		img.Pix[i] = uint8(from.Uint32())
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var body bytes.Buffer
	_ = png.Encode(&body, img) // into memory
	return body.Bytes()
}

func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20)) }

func newID() string {
	id, err := akhra.NewID(time.Now(), crand.Reader)
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return id
}
