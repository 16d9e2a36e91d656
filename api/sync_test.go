package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/api/work"
)

func TestSync(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, asha := h.person(akhra.Owner), h.person(akhra.Annotator)
	w := owner.project(7)
	tasks := asha.lease(w, 6)
	if len(tasks) != 6 {
		t.Fatalf("%d tasks leased, want 6", len(tasks))
	}
	first := say(t, tasks[0], w.classes[0].ID)

	t.Run("an answer is stored once, however often it is sent", func(t *testing.T) {
		for i, want := range []akhra.Outcome{akhra.Stored, akhra.Duplicate, akhra.Duplicate} {
			if v := asha.sync(w, first); v[0].Outcome != want {
				t.Errorf("time %d: %+v, want %s", i+1, v[0], want)
			}
		}
		var p project.ProjectView
		owner.ask("GET", w.path, nil).want(t, 200, &p)
		if p.Counts.Answers != 1 {
			t.Errorf("%d answers counted, want 1", p.Counts.Answers)
		}
	})
	t.Run("the same id with another body is a conflict", func(t *testing.T) {
		other := first
		other.Class = w.classes[1].ID
		wantRefused(t, asha.sync(w, other)[0], akhra.Conflict)
	})
	t.Run("one bad answer does not hold up the others", func(t *testing.T) {
		bad := say(t, tasks[1], w.classes[0].ID)
		bad.Answer = "maybe"
		verdicts := asha.sync(w, bad, say(t, tasks[1], w.classes[1].ID))
		wantRefused(t, verdicts[0], akhra.Invalid)
		if verdicts[1].Outcome != akhra.Stored {
			t.Errorf("the good answer: %+v", verdicts[1])
		}
	})
	t.Run("an answer for a deleted class is refused with a sentence", func(t *testing.T) {
		kept := append(classes(t, "moth"), w.classes[0])
		kept[0].Key = ""
		owner.ask("PUT", w.path+"/classes", map[string]any{"classes": kept}).want(t, 200, nil)
		v := asha.sync(w, say(t, tasks[2], w.classes[1].ID))[0]
		wantRefused(t, v, akhra.Invalid)
		if !strings.Contains(v.Problem.Title, "no longer in the project") {
			t.Errorf("sentence %q", v.Problem.Title)
		}
		if v := asha.sync(w, say(t, tasks[2], kept[0].ID))[0]; v.Outcome != akhra.Stored {
			t.Errorf("the same picture with a living class: %+v", v)
		}
	})
	t.Run("another person's assignment is refused", func(t *testing.T) {
		bina := h.person(akhra.Annotator)
		if v := bina.sync(w, say(t, tasks[3], w.classes[0].ID))[0]; v.Outcome != akhra.Refused {
			t.Errorf("%+v", v)
		}
	})
	t.Run("a foreign project does not exist", func(t *testing.T) {
		foreign := h.foreignWorld()
		asha.ask("POST", "/api/sync", work.SyncBody{V: 1, Project: foreign.id, Answers: []akhra.Annotation{first}}).problem(t, 404, akhra.NotFound, "")
	})
	t.Run("a 10 MB body is refused", func(t *testing.T) {
		big := fmt.Sprintf(`{"v":1,"project":%q,"answers":[{"id":%q}]}`, w.id, strings.Repeat("x", 10<<20))
		asha.send("POST", "/api/sync", "application/json", strings.NewReader(big)).problem(t, 413, akhra.TooLarge, "larger")
	})
	t.Run("201 answers at once are too many", func(t *testing.T) {
		asha.ask("POST", "/api/sync", work.SyncBody{V: 1, Project: w.id, Answers: make([]akhra.Annotation, 201)}).problem(t, 413, akhra.TooLarge, "200")
	})
	t.Run("an older or newer page may send fields we do not know", func(t *testing.T) {
		text, err := json.Marshal(say(t, tasks[4], w.classes[0].ID))
		must(t, err)
		body := fmt.Sprintf(`{"v":1,"project":%q,"mood":"good","answers":[{"colour":"red",%s]}`, w.id, text[1:])
		var out work.SyncView
		asha.send("POST", "/api/sync", "application/json", strings.NewReader(body)).want(t, 200, &out)
		if out.Verdicts[0].Outcome != akhra.Stored {
			t.Errorf("%+v", out.Verdicts[0])
		}
	})
	t.Run("when the session has expired the answer is told to wait, and is stored after signing in", func(t *testing.T) {
		late := h.person(akhra.Annotator)
		task := late.lease(w, 1)
		answer := say(t, task[0], w.classes[0].ID)
		must(t, h.db.EndSession(t.Context(), door.HashToken(late.token)))
		h.ahead.Add(int64(3 * time.Second))
		late.ask("POST", "/api/sync", work.SyncBody{V: 1, Project: w.id, Answers: []akhra.Annotation{answer}}).problem(t, 401, akhra.Unauthorized, "sign in")
		late.signInAgain()
		if v := late.sync(w, answer)[0]; v.Outcome != akhra.Stored {
			t.Errorf("after signing in again: %+v", v)
		}
	})
}

func TestSync_RefusesWhatIsNoBatch(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	asha := h.person(akhra.Annotator)
	for _, row := range []struct{ rule, body string }{
		{"an empty body", ""}, {"half a body", `{"v":1,"pro`}, {"a list", `[]`}, {"another version", `{"v":99}`}, {"a number as answers", `{"v":1,"answers":7}`},
	} {
		if r := asha.send("POST", "/api/sync", "application/json", bytes.NewReader([]byte(row.body))); r.status != 400 {
			t.Errorf("%s: %d %s", row.rule, r.status, r.body)
		}
	}
}

func wantRefused(t *testing.T, v work.VerdictView, kind akhra.Code) {
	t.Helper()
	if v.Outcome != akhra.Refused || v.Problem == nil || v.Problem.Type != kind || v.Problem.Title == "" {
		t.Errorf("verdict %+v, want refused as %s with a sentence", v, kind)
	}
}
