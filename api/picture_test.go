package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/item"
	"akhra.dev/akhra/api/project"
)

func TestPictures(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	url := "/api/pictures/" + string(w.id) + "/" + string(w.items[0]) + "/320"

	t.Run("the same picture twice is one item", func(t *testing.T) {
		var again item.AddedPicture
		owner.send("POST", w.path+"/pictures?name=other.png", "image/png", bytes.NewReader(drawing(t, 0))).want(t, 200, &again)
		if again.Outcome != "known" {
			t.Errorf("%+v", again)
		}
	})
	t.Run("what is no picture is refused with a reason, and the rest goes on", func(t *testing.T) {
		var added item.AddedPicture
		owner.send("POST", w.path+"/pictures?name=letter.jpg", "image/jpeg", strings.NewReader("Dear Asha")).want(t, 200, &added)
		if added.Outcome != "refused" || added.Reason == "" {
			t.Errorf("%+v", added)
		}
	})
	t.Run("a picture is kept for ever by the browser, and by nobody else", func(t *testing.T) {
		r := owner.ask("GET", url, nil).want(t, 200, nil)
		if r.header.Get("Cache-Control") != "private, max-age=31536000, immutable" || r.header.Get("Content-Type") != "image/jpeg" ||
			r.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(r.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("headers %v", r.header)
		}
		again, err := http.NewRequestWithContext(t.Context(), "GET", h.server.URL+url, nil)
		must(t, err)
		again.Header.Set("Cookie", owner.cookie)
		again.Header.Set("If-None-Match", r.header.Get("ETag"))
		if got := h.do(again); got.status != 304 || len(got.body) != 0 {
			t.Errorf("%d with %d bytes", got.status, len(got.body))
		}
	})
	t.Run("a size that is not made does not exist", func(t *testing.T) {
		owner.ask("GET", strings.TrimSuffix(url, "320")+"9999", nil).problem(t, 404, akhra.NotFound, "")
		owner.ask("GET", strings.TrimSuffix(url, "320")+"original", nil).problem(t, 404, akhra.NotFound, "")
	})
}

func TestZip(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	var body bytes.Buffer
	z := zip.NewWriter(&body)
	for i, name := range []string{"a.png", "b.png", "known.png", "text.png", "../up.png"} {
		f, err := z.Create(name)
		must(t, err)
		switch name {
		case "known.png":
			f.Write(drawing(t, 0))
		case "text.png":
			f.Write([]byte("no picture"))
		default:
			f.Write(drawing(t, 10+i))
		}
	}
	must(t, z.Close())
	whole := body.Bytes()

	t.Run("its pictures come in, and the report tells what was known or refused", func(t *testing.T) {
		j := owner.zip(t, w, whole)
		if j.State != akhra.JobDone || j.Report == nil || j.Report.Imported != 2 || j.Report.Known != 1 || j.Report.Refused != 2 || len(j.Report.Reasons) != 2 {
			t.Errorf("job %+v, report %+v", j, j.Report)
		}
	})
	t.Run("one that is cut off ends with a sentence, and nothing of it stays on the disk", func(t *testing.T) {
		j := owner.zip(t, w, whole[:len(whole)-30])
		if j.State != akhra.JobFailed || !strings.Contains(j.Note, "not a zip, or it is damaged") || j.Report == nil {
			t.Errorf("job %+v", j)
		}
		if left, err := os.ReadDir(filepath.Join(h.dir, "scratch")); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

// zip uploads an archive, waits until it was brought in and returns the job.
func (p *person) zip(t *testing.T, w world, archive []byte) project.JobView {
	t.Helper()
	var started project.StartedJob
	p.send("POST", w.path+"/zip?name=x.zip", "application/zip", bytes.NewReader(archive)).want(t, 200, &started)
	must(t, p.h.engine.Drain(t.Context()))
	var jobs project.JobList
	p.ask("GET", w.path+"/jobs", nil).want(t, 200, &jobs)
	for _, j := range jobs.Jobs {
		if j.ID == started.Job {
			return j
		}
	}
	t.Fatalf("the job is not listed: %+v", jobs)
	return project.JobView{}
}

func TestItemsAndExport(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(5)
	for _, task := range owner.lease(w, 3) {
		owner.sync(w, say(t, task, w.classes[0].ID))
	}
	must(t, h.engine.Drain(t.Context()))

	t.Run("pages follow each other until the last", func(t *testing.T) {
		seen, cursor := map[akhra.ItemID]bool{}, ""
		for range 5 {
			var page item.ItemPage
			owner.ask("GET", w.path+"/items?limit=2&cursor="+cursor, nil).want(t, 200, &page)
			for _, one := range page.Items {
				seen[one.ID] = true
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if len(seen) != 5 || cursor != "" {
			t.Errorf("%d items seen, cursor %q", len(seen), cursor)
		}
	})
	t.Run("an item tells its answers, and not to a client, who reads no names in what is delivered", func(t *testing.T) {
		answered := ""
		var page item.ItemPage
		owner.ask("GET", w.path+"/items", nil).want(t, 200, &page)
		for _, one := range page.Items {
			if one.Answers > 0 {
				answered = string(one.ID)
			}
		}
		var detail item.ItemDetail
		owner.ask("GET", w.path+"/items/"+answered, nil).want(t, 200, &detail)
		if len(detail.Votes) != 1 || detail.Votes[0].Annotator != "Someone" || detail.Votes[0].Class != "beetle" {
			t.Errorf("%+v", detail.Votes)
		}
		client := h.client(w)
		client.ask("GET", w.path+"/items/"+answered, nil).problem(t, 403, akhra.Forbidden, "role")
		votes := string(client.ask("GET", w.path+"/export?format=votes", nil).want(t, 200, nil).body)
		if strings.Contains(votes, "Someone") || !strings.Contains(votes, "Annotator 1") {
			t.Errorf("a client reads %s", votes)
		}
	})
	t.Run("the exports hold every item and every answer", func(t *testing.T) {
		for format, want := range map[string]int{"csv": 5, "votes": 3} {
			r := owner.ask("GET", w.path+"/export?format="+format, nil).want(t, 200, nil)
			rows, err := csv.NewReader(bytes.NewReader(r.body)).ReadAll()
			must(t, err)
			if len(rows) != want+1 || !strings.Contains(r.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s: %d rows, want %d", format, len(rows)-1, want)
			}
		}
		owner.ask("GET", w.path+"/export?format=xls", nil).problem(t, 400, akhra.Invalid, "csv")
	})
	t.Run("progress counts, and hides what is asked next from those who answer", func(t *testing.T) {
		var p project.ProgressView
		owner.ask("GET", w.path+"/progress", nil).want(t, 200, &p)
		if p.Answers != 3 || p.Items != 5 || p.AnswersPerPicture != 0.6 || len(p.People) != 1 || !p.People[0].Now {
			t.Errorf("%+v", p)
		}
		h.person(akhra.Annotator).ask("GET", w.path+"/progress", nil).want(t, 200, &p)
		if len(p.Next) != 0 || len(p.People) != 0 {
			t.Errorf("an annotator sees %+v %+v", p.Next, p.People)
		}
	})
}

func TestEvents(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	stream := func(who *person) (<-chan string, func()) {
		r, err := http.NewRequestWithContext(ctx, "GET", h.server.URL+w.path+"/events", nil)
		must(t, err)
		r.Header.Set("Cookie", who.cookie)
		answer, err := h.server.Client().Do(r)
		must(t, err)
		lines := make(chan string, 100)
		go func() {
			defer close(lines)
			buffer := make([]byte, 4096)
			for {
				n, err := answer.Body.Read(buffer)
				if n > 0 {
					lines <- string(buffer[:n])
				}
				if err != nil {
					return
				}
			}
		}()
		return lines, func() { answer.Body.Close() }
	}

	t.Run("an answer is told to the pages that listen", func(t *testing.T) {
		lines, leave := stream(owner)
		defer leave()
		awaitText(t, lines, "retry:")
		task := owner.lease(w, 1)
		owner.sync(w, say(t, task[0], w.classes[0].ID))
		awaitText(t, lines, "event: progress")
	})
	t.Run("a revoked session's stream ends", func(t *testing.T) {
		asha := h.person(akhra.Annotator)
		lines, leave := stream(asha)
		defer leave()
		awaitText(t, lines, "retry:")
		must(t, h.db.EndSession(t.Context(), door.HashToken(asha.token)))
		h.ahead.Add(int64(3 * time.Second))
		start := time.Now()
		for range lines {
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("it lived on for %s", took)
		}
	})
}

func awaitText(t *testing.T, lines <-chan string, want string) {
	t.Helper()
	for line := range lines {
		if strings.Contains(line, want) {
			return
		}
	}
	t.Fatalf("the stream ended without %q", want)
}
