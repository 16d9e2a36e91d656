package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/work"
)

func TestPack(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha, bina := h.person(akhra.Owner), h.person(akhra.Annotator), h.person(akhra.Annotator)
	w := owner.project(12)
	at := w.path + "/packs/" + newID(t)
	take := func() (v work.PackView) {
		t.Helper()
		asha.ask("PUT", at, work.PackBody{N: 8}).want(t, 200, &v)
		return v
	}
	first := take()
	t.Run("taking it again is taking it once", func(t *testing.T) {
		if again := take(); len(first.Assignments) != 8 || len(again.Assignments) != 8 {
			t.Errorf("%d pictures, then %d, want 8", len(first.Assignments), len(again.Assignments))
		}
		if n := len(bina.lease(w, 12)); n != 4 {
			t.Errorf("another person gets %d pictures, want the 4 that are left", n)
		}
	})
	t.Run("it is listed for her alone", func(t *testing.T) {
		var hers, others work.PackList
		asha.ask("GET", w.path+"/packs", nil).want(t, 200, &hers)
		bina.ask("GET", w.path+"/packs", nil).want(t, 200, &others)
		if len(hers.Packs) != 1 || hers.Packs[0].Open != 8 || len(others.Packs) != 0 {
			t.Errorf("hers %+v, another's %+v", hers, others)
		}
	})
	t.Run("another person's pack does not exist", func(t *testing.T) {
		bina.ask("PUT", at, work.PackBody{N: 1}).problem(t, 404, akhra.NotFound, "no such pack")
		bina.ask("DELETE", at, nil).problem(t, 404, akhra.NotFound, "no such pack")
	})
	t.Run("an answer that comes after its time is kept and counted", func(t *testing.T) {
		h.ahead.Add(int64(49 * time.Hour))
		if _, err := h.engine.Queue.Sweep(t.Context(), h.org.ID); err != nil {
			t.Fatal(err)
		}
		late := asha.signedInAgain().sync(w, say(t, first.Assignments[0], w.classes[0].ID))
		if late[0].Outcome != akhra.Stored {
			t.Errorf("%+v", late[0])
		}
	})
	t.Run("what is given back goes to others", func(t *testing.T) {
		var back work.Returned
		asha.ask("DELETE", at, nil).want(t, 200, &back)
		if back.Open != 0 {
			t.Errorf("%d pictures came back after its time, want none: they had gone already", back.Open)
		}
		if v := asha.sync(w, say(t, first.Assignments[1], w.classes[0].ID)); v[0].Outcome != akhra.Stored {
			t.Errorf("an answer that was on its way: %+v", v[0])
		}
	})
	t.Run("its size has an end", func(t *testing.T) {
		asha.ask("PUT", w.path+"/packs/"+newID(t), work.PackBody{N: 1001}).want(t, 422, nil)
		asha.ask("PUT", w.path+"/packs/x", work.PackBody{N: 1}).problem(t, 400, akhra.Invalid, "valid id")
	})
}

// signedInAgain is the same person in a new session.
func (p *person) signedInAgain() *person {
	p.signInAgain()
	return p
}

func TestOutboxFile(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, boss, asha := h.person(akhra.Owner), h.person(akhra.Manager), h.person(akhra.Annotator)
	w := owner.project(4)
	tasks := asha.lease(w, 3)
	file := work.OutboxFile{V: 1, Person: asha.user.ID}
	for _, one := range tasks[:2] {
		file.Answers = append(file.Answers, work.Saved{Project: w.id, Answer: say(t, one, w.classes[0].ID)})
	}
	gone := say(t, tasks[2], akhra.ClassID(newID(t)))
	file.Answers = append(file.Answers, work.Saved{Project: w.id, Answer: gone}, work.Saved{Project: akhra.ProjectID(newID(t)), Answer: say(t, tasks[2], w.classes[0].ID)})

	t.Run("its answers are hers, and counted once however often it is brought", func(t *testing.T) {
		for _, want := range []work.Brought{{Stored: 2, Refused: 2}, {Duplicate: 2, Refused: 2}} {
			var got work.Brought
			boss.ask("POST", "/api/outbox", file).want(t, 200, &got)
			if got.Stored != want.Stored || got.Duplicate != want.Duplicate || got.Refused != 2 || len(got.Reasons) != 2 || got.Person != asha.user.Name {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
		if v := asha.sync(w, file.Answers[0].Answer); v[0].Outcome != akhra.Duplicate {
			t.Errorf("sent from the device at last: %+v", v[0])
		}
	})
	t.Run("nobody brings her own answers as another's", func(t *testing.T) {
		forged := work.OutboxFile{V: 1, Person: boss.user.ID, Answers: []work.Saved{{Project: w.id, Answer: say(t, tasks[2], w.classes[0].ID)}}}
		var got work.Brought
		boss.ask("POST", "/api/outbox", forged).want(t, 200, &got)
		if got.Stored != 0 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("what is no such file is told", func(t *testing.T) {
		boss.send("POST", "/api/outbox", "application/json", strings.NewReader(`{"v":1,`)).problem(t, 400, akhra.Invalid, "damaged")
		boss.send("POST", "/api/outbox", "application/json", strings.NewReader(`{"v":2}`)).problem(t, 400, akhra.Invalid, "another version")
		boss.ask("POST", "/api/outbox", work.OutboxFile{V: 1, Person: akhra.UserID(newID(t))}).problem(t, 404, akhra.NotFound, "another installation")
	})
}

func TestPackedRequests(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(30)
	tasks := asha.lease(w, 20)
	var answers []akhra.Annotation
	for _, one := range tasks {
		answers = append(answers, say(t, one, w.classes[0].ID))
	}
	text, err := json.Marshal(work.SyncBody{V: 1, Project: w.id, Answers: answers, Quiet: true})
	must(t, err)

	t.Run("answers come packed, and cost fewer bytes", func(t *testing.T) {
		body := packed(t, text)
		var out work.SyncView
		h.do(asha.packedRequest(t, "/api/sync", body)).want(t, 200, &out)
		if len(out.Verdicts) != 20 || out.Verdicts[0].Outcome != akhra.Stored {
			t.Errorf("%+v", out)
		}
		var seen door.TrafficView
		owner.ask("GET", "/api/traffic", nil).want(t, 200, &seen)
		if seen.Answers != 20 || seen.AnswerBytes != int64(len(body)) || len(body) > len(text)/2 {
			t.Errorf("%d bytes packed to %d, counted %+v", len(text), len(body), seen)
		}
	})
	t.Run("a small body that unpacks to a huge one is refused", func(t *testing.T) {
		bomb := packed(t, bytes.Repeat([]byte(" "), 30<<20))
		h.do(asha.packedRequest(t, "/api/sync", bomb)).problem(t, 413, akhra.TooLarge, "larger")
	})
	t.Run("what is not packed though it says so is refused", func(t *testing.T) {
		h.do(asha.packedRequest(t, "/api/sync", text)).problem(t, 400, akhra.Invalid, "unpacked")
	})
	t.Run("long answers come packed to who takes them", func(t *testing.T) {
		r := owner.raw(t, "GET", w.path+"/items?limit=30", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		got, err := http.DefaultTransport.RoundTrip(r)
		must(t, err)
		defer got.Body.Close()
		if got.Header.Get("Content-Encoding") != "gzip" || got.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("headers %v", got.Header)
		}
		plain, err := gzip.NewReader(got.Body)
		must(t, err)
		text, err := io.ReadAll(plain)
		must(t, err)
		if !json.Valid(text) {
			t.Errorf("unpacked: %s", text)
		}
	})
}

func packed(t *testing.T, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(text)
	must(t, err)
	must(t, w.Close())
	return out.Bytes()
}

func (p *person) raw(t *testing.T, method, path string, body []byte) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.h.server.URL+path, bytes.NewReader(body))
	must(t, err)
	r.Header.Set("Cookie", p.cookie)
	return r
}

func (p *person) packedRequest(t *testing.T, path string, body []byte) *http.Request {
	t.Helper()
	r := p.raw(t, "POST", path, body)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Encoding", "gzip")
	return r
}
