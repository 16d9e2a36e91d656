package hook

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/outbound"
	"akhra.dev/akhra/store"
)

// receiver is a server that takes webhooks, and how it answers.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []Body
	ids    []string
	bad    []string // what was wrong with signatures
	secret string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{status: 204}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		text, _ := io.ReadAll(q.Body)
		var b Body
		if err := json.Unmarshal(text, &b); err != nil {
			r.bad = append(r.bad, err.Error())
		}
		var at int64
		if err := json.Unmarshal([]byte(q.Header.Get("webhook-timestamp")), &at); err != nil {
			r.bad = append(r.bad, err.Error())
		}
		if want, err := Sign(r.secret, q.Header.Get("webhook-id"), akhra.Millis(at*1000), text); err != nil || want != q.Header.Get("webhook-signature") {
			r.bad = append(r.bad, q.Header.Get("webhook-signature"))
		}
		r.got, r.ids = append(r.got, b), append(r.ids, q.Header.Get("webhook-id"))
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answer(status int) { r.mu.Lock(); r.status = status; r.mu.Unlock() }

// world is a store, a room over it and one webhook.
type world struct {
	*testing.T
	db    *store.DB
	room  *Room
	org   akhra.OrgID
	hook  akhra.Hook
	to    *receiver
	clock time.Time
}

func open(t *testing.T, kinds ...akhra.EventKind) *world {
	t.Helper()
	w := &world{T: t, to: newReceiver(t), clock: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)}
	now := func() time.Time { return w.clock }
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "d"), store.Options{Now: now, Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	org, err := db.EnsureOrg(t.Context(), "Akhra")
	if err != nil {
		t.Fatal(err)
	}
	w.db, w.org = db, org.ID
	w.room = New(db, outbound.New(outbound.Options{Private: true}), now, slog.New(slog.DiscardHandler))
	if w.to.secret, err = NewSecret(strings.NewReader(strings.Repeat("k", 32))); err != nil {
		t.Fatal(err)
	}
	w.hook = akhra.Hook{ID: akhra.HookID(db.NewID()), Org: w.org, URL: w.to.URL, Kinds: kinds, Secret: w.to.secret, On: true, Created: akhra.MillisOf(w.clock)}
	if err := db.AddHook(t.Context(), w.hook); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) happens(kind akhra.EventKind, body string) {
	w.Helper()
	if _, err := w.db.Append(w.Context(), akhra.Event{Org: w.org, Kind: kind, Subject: "s", Body: body}); err != nil {
		w.Fatal(err)
	}
}

func (w *world) step() {
	w.Helper()
	for range 10 {
		worked, err := w.room.Step(w.Context(), w.org)
		if err != nil {
			w.Fatal(err)
		}
		if !worked {
			return
		}
	}
}

func (w *world) stands() akhra.Hook {
	w.Helper()
	all, err := w.db.Hooks(w.Context(), w.org)
	if err != nil || len(all) != 1 {
		w.Fatal(len(all), err)
	}
	return all[0]
}

func TestHook_HearsWhatItWantsInOrderAndSigned(t *testing.T) {
	t.Parallel()
	w := open(t, akhra.EventAnswerStored, akhra.EventExported)
	w.happens(akhra.EventAnswerStored, `{"class":"a","why":"gold"}`)
	w.happens(akhra.EventItemsAdded, `{}`)
	w.happens(akhra.EventExported, `{"no":1}`)
	w.step()
	if len(w.to.got) != 1 || len(w.to.got[0].Events) != 2 || len(w.to.bad) > 0 {
		t.Fatalf("told %+v, wrong signatures %v", w.to.got, w.to.bad)
	}
	first := w.to.got[0].Events[0]
	if first.Kind != akhra.EventAnswerStored || string(first.Data) != `{"class":"a"}` || w.to.got[0].Events[1].Seq <= first.Seq {
		t.Errorf("told %+v", w.to.got[0])
	}
	w.step()
	if len(w.to.got) != 1 {
		t.Error("told again what was taken")
	}
	if told, err := w.db.Deliveries(t.Context(), w.org, w.hook.ID); err != nil || len(told) != 1 || told[0].Status != 204 || told[0].Events != 2 {
		t.Errorf("deliveries %+v, %v", told, err)
	}
}

func TestHook_IsToldAgainAfterAPauseThatGrows(t *testing.T) {
	t.Parallel()
	w := open(t, akhra.EventExported)
	w.to.answer(500)
	w.happens(akhra.EventExported, `{}`)
	var pauses []time.Duration
	for range 4 {
		w.step()
		at := w.stands()
		pauses = append(pauses, at.Next.Time().Sub(w.clock))
		w.step() // before its time: nothing is sent
		w.clock = at.Next.Time()
	}
	if len(w.to.got) != 4 || pauses[0] != firstPause || pauses[3] != 8*firstPause {
		t.Errorf("told %d times, pauses %v", len(w.to.got), pauses)
	}
	w.to.answer(200)
	w.step()
	if at := w.stands(); at.Tries != 0 || at.Since != 0 || at.Cursor == 0 {
		t.Errorf("after it was taken it stands as %+v", at)
	}
	for _, id := range w.to.ids {
		if id != w.to.ids[0] {
			t.Errorf("the same events came as %v", w.to.ids)
		}
	}
}

func TestHook_IsSwitchedOffAfterThreeDaysAndLosesNothing(t *testing.T) {
	t.Parallel()
	w := open(t, akhra.EventExported)
	w.to.answer(http.StatusFound) // a redirect is no way to take it
	w.happens(akhra.EventExported, `{}`)
	for range 200 {
		w.step()
		at := w.stands()
		if !at.On {
			break
		}
		w.clock = at.Next.Time()
	}
	off := w.stands()
	if off.On || w.clock.Sub(off.Since.Time()) < giveUp {
		t.Fatalf("after %v it stands as %+v", w.clock.Sub(off.Since.Time()), off)
	}
	before := len(w.to.got)
	w.happens(akhra.EventExported, `{}`)
	w.step()
	w.to.answer(200)
	if err := w.db.SwitchHook(t.Context(), w.org, off.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	w.step()
	if len(w.to.got) != before+1 || len(w.to.got[before].Events) != 2 {
		t.Errorf("switched on, it was told %+v", w.to.got[before:])
	}
}

func TestHook_ManyEventsComeInLots(t *testing.T) {
	t.Parallel()
	w := open(t, akhra.EventExported)
	for range 2*akhra.MaxHookEvents + 1 {
		w.happens(akhra.EventExported, `{}`)
	}
	w.step()
	if len(w.to.got) != 3 || len(w.to.got[0].Events) != akhra.MaxHookEvents || len(w.to.got[2].Events) != 1 {
		t.Errorf("%d lots", len(w.to.got))
	}
}

func TestHook_InsideIsNeverReached(t *testing.T) {
	t.Parallel()
	w := open(t, akhra.EventExported)
	w.room.client = outbound.New(outbound.Options{})
	w.happens(akhra.EventExported, `{}`)
	w.step()
	if told, err := w.db.Deliveries(t.Context(), w.org, w.hook.ID); err != nil || len(told) != 1 || told[0].Note != noteInside || len(w.to.got) != 0 {
		t.Errorf("deliveries %+v, %v; reached %d times", told, err, len(w.to.got))
	}
	d, err := w.room.Test(t.Context(), w.hook)
	if err != nil || d.Note != noteInside || !d.Test {
		t.Errorf("tested: %+v, %v", d, err)
	}
}

// TestSign_AgainstTheExampleOfTheStandard: the vector that every library of
// Standard Webhooks is tested with.
func TestSign_AgainstTheExampleOfTheStandard(t *testing.T) {
	t.Parallel()
	got, err := Sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330*1000, []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}
