package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	killCycles   = 20
	killWorkers  = 4
	killPictures = 120
)

// sent is an answer whose fate a worker remembers: acknowledged, or unknown
// because the server died before it spoke.
type sent struct {
	ID         string `json:"id"`
	Assignment string `json:"assignment"`
	Task       string `json:"task"`
	Answer     string `json:"answer"`
	Class      string `json:"class"`
}

// killWorker answers like the page does: what it has no word about it sends
// again under the same id.
type killWorker struct {
	*client
	t       testing.TB
	project project
	tasks   []sent
	pending *sent
	acked   map[string]bool
	chance  *rand.Rand
}

// TestAKilledServerLosesNoAcknowledgedAnswerAndCountsNoneTwice kills the
// server with signal 9 at random moments while four people work and pictures
// come in, 20 times.
func TestAKilledServerLosesNoAcknowledgedAnswerAndCountsNoneTwice(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	owner := signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	p := owner.newProject(t, killWorkers)
	workers := make([]*killWorker, killWorkers)
	for i := range workers {
		workers[i] = &killWorker{client: owner.invite(t, s, fmt.Sprintf("worker%d", i)), t: t, project: p, acked: map[string]bool{}, chance: rand.New(rand.NewPCG(uint64(i), 9))}
	}
	chance := rand.New(rand.NewPCG(1, 9))
	for cycle := range killCycles {
		stop := make(chan struct{})
		var all sync.WaitGroup
		for _, w := range workers {
			all.Go(func() { w.work(stop) })
		}
		all.Go(func() { owner.addPictures(p, cycle*killPictures/killCycles, (cycle+1)*killPictures/killCycles) })
		time.Sleep(time.Duration(80+chance.IntN(300)) * time.Millisecond)
		s.kill()
		close(stop)
		all.Wait()
		s.start()
	}
	owner.addPictures(p, 0, killPictures)
	for _, w := range workers {
		w.finish()
	}
	owner.account(t, p, workers)
}

func (c *client) newProject(t testing.TB, overlap int) project {
	t.Helper()
	return c.namedProject(t, "Leaves", overlap)
}

// namedProject makes one beside others.
func (c *client) namedProject(t testing.TB, name string, overlap int) project {
	t.Helper()
	class := func(name, key string) map[string]string {
		return map[string]string{"id": newID(t), "name": name, "key": key}
	}
	p := project{ID: newID(t)}
	body := map[string]any{"id": p.ID, "name": name, "question": "What is it?", "classes": []any{class("pest", "1"), class("leaf", "2")},
		"settings": map[string]any{"overlap": overlap, "cap": overlap}}
	if _, err := c.do("POST", "/api/projects", body, nil); err != nil {
		t.Fatal(err)
	}
	c.get(t, "/api/projects/"+p.ID, &p)
	return p
}

// invite adds an annotator by link and signs her in; her login is her first
// name in lower case.
func (c *client) invite(t testing.TB, s *server, name string) *client {
	t.Helper()
	return c.inviteAs(t, s, name, "annotator")
}

// inviteAs adds somebody of any role in the same way.
func (c *client) inviteAs(t testing.TB, s *server, name, role string) *client {
	t.Helper()
	login := strings.ToLower(strings.Fields(name)[0])
	var link struct{ URL string }
	if _, err := c.do("POST", "/api/people/links", map[string]string{"name": name, "role": role}, &link); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	one := &client{base: s.url(""), http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	token := link.URL[strings.LastIndex(link.URL, "/")+1:]
	if _, err := one.do("POST", "/api/links/"+token, map[string]string{"name": name, "login": login, "password": "a long password"}, nil); err != nil {
		t.Fatal(err)
	}
	return one
}

// addPictures uploads pictures from..to; a picture that is known already is
// the same picture, so nobody has to remember which arrived.
func (c *client) addPictures(p project, from, to int) {
	for n := from; n < to; n++ {
		img := image.NewRGBA(image.Rect(0, 0, 64, 48))
		for i := range img.Pix {
			img.Pix[i] = uint8(i * (n + 1) / 7)
		}
		img.Set(n%64, n/64%48, color.RGBA{255, uint8(n >> 8), uint8(n), 255})
		var body bytes.Buffer
		if png.Encode(&body, img) != nil {
			return
		}
		if _, err := c.send("POST", fmt.Sprintf("/api/projects/%s/pictures?name=%d.png", p.ID, n), "image/png", &body, nil); err != nil {
			return // the server is gone
		}
	}
}

func (w *killWorker) work(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			if !w.step() {
				time.Sleep(10 * time.Millisecond)
			}
		}
	}
}

// step answers one picture and tells whether it could.
func (w *killWorker) step() bool {
	if w.pending == nil {
		if len(w.tasks) == 0 && !w.lease() {
			return false
		}
		next := w.tasks[0]
		w.tasks = w.tasks[1:]
		next.ID, next.Answer, next.Class = newID(w.t), "class", w.project.LabelSet.Classes[w.chance.IntN(2)].ID
		w.pending = &next
	}
	var out struct{ Verdicts []struct{ Outcome string } }
	body := map[string]any{"v": 1, "project": w.project.ID, "answers": []sent{*w.pending}}
	if _, err := w.do("POST", "/api/sync", body, &out); err != nil {
		return false
	}
	if o := out.Verdicts[0].Outcome; o != "stored" && o != "duplicate" {
		w.t.Errorf("answer %s is %s", w.pending.ID, o)
	}
	w.acked[w.pending.ID] = true
	w.pending = nil
	return true
}

func (w *killWorker) lease() bool {
	var out struct{ Assignments []struct{ ID, Task string } }
	if _, err := w.do("POST", "/api/projects/"+w.project.ID+"/lease", map[string]int{"n": 8}, &out); err != nil {
		return false
	}
	for _, a := range out.Assignments {
		w.tasks = append(w.tasks, sent{Assignment: a.ID, Task: a.Task})
	}
	return len(w.tasks) > 0
}

// finish answers whatever is left.
func (w *killWorker) finish() {
	w.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); {
		if !w.step() && w.pending == nil {
			return
		}
	}
	w.t.Error("the work does not end")
}

// votes is the table of all standing answers that a server delivers, without
// its head: picture, person, .., class in column 3, id in column 9.
func (c *client) votes(t testing.TB, p project) [][]string {
	t.Helper()
	answer, err := c.http.Get(c.base + "/api/projects/" + p.ID + "/export?format=votes")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	rows, err := csv.NewReader(answer.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// account compares what was acknowledged with what the server delivers.
func (c *client) account(t testing.TB, p project, workers []*killWorker) {
	t.Helper()
	stored, once := map[string]int{}, map[string]int{}
	for _, row := range c.votes(t, p) {
		stored[row[9]]++
		once[row[0]+" by "+row[1]]++
	}
	acked := 0
	for _, w := range workers {
		for id := range w.acked {
			if acked++; stored[id] != 1 {
				t.Errorf("acknowledged answer %s is stored %d times", id, stored[id])
			}
		}
	}
	for who, n := range once {
		if n != 1 {
			t.Errorf("%s is counted %d times", who, n)
		}
	}
	if acked != killPictures*killWorkers || len(stored) != acked {
		t.Errorf("%d answers acknowledged, %d stored, want %d", acked, len(stored), killPictures*killWorkers)
	}
	t.Logf("%d kills, %d answers acknowledged, 0 lost, 0 twice", killCycles, acked)
}
