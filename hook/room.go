package hook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// Store is what the room follows and writes.
type Store interface {
	Hooks(ctx context.Context, org akhra.OrgID) ([]akhra.Hook, error)
	Events(ctx context.Context, org akhra.OrgID, after akhra.Seq, limit int) ([]akhra.Event, error)
	HookTold(ctx context.Context, h akhra.Hook, d *akhra.Delivery) error
	TestTold(ctx context.Context, h akhra.Hook, d akhra.Delivery) error
}

// Client sends; it must refuse addresses that lie inside and redirects.
type Client interface {
	Do(*http.Request) (*http.Response, error)
}

// How long a webhook that answers nothing good is asked again.
const (
	firstPause = 5 * time.Second
	longest    = time.Hour
	giveUp     = 3 * 24 * time.Hour // then it is switched off; switched on, it goes on where it stood
	readAtOnce = 2000               // events read of the log for one delivery
	atOnce     = 8                  // webhooks told at the same time
)

// Room tells webhooks.
type Room struct {
	store  Store
	client Client
	now    func() time.Time
	log    *slog.Logger
}

// New makes the room; a nil client tells nobody.
func New(store Store, client Client, now func() time.Time, log *slog.Logger) *Room {
	return &Room{store: store, client: client, now: now, log: log}
}

// Told is what one event looks like outside.
type Told struct {
	Seq     akhra.Seq       `json:"seq"`
	Kind    akhra.EventKind `json:"kind"`
	Project akhra.ProjectID `json:"project,omitempty"`
	Subject string          `json:"subject,omitempty"`
	At      akhra.Millis    `json:"at"`
	Data    json.RawMessage `json:"data"`
}

// Body is what is sent: events in the order of the log.
type Body struct {
	Type   string `json:"type"` // "events" or "test"
	Events []Told `json:"events"`
}

// Step tells every webhook that is due the next events it wants, and tells
// whether any was told something.
func (r *Room) Step(ctx context.Context, org akhra.OrgID) (worked bool, err error) {
	if r.client == nil {
		return false, nil
	}
	all, err := r.store.Hooks(ctx, org)
	if err != nil {
		return false, fmt.Errorf("read webhooks: %w", err)
	}
	var wait sync.WaitGroup
	places, mu := make(chan struct{}, atOnce), sync.Mutex{}
	for _, h := range all {
		if !h.On || h.Next > akhra.MillisOf(r.now()) {
			continue
		}
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			did, one := r.tell(ctx, h)
			mu.Lock()
			worked, err = worked || did, errors.Join(err, one)
			mu.Unlock()
		})
	}
	wait.Wait()
	return worked, err
}

// tell sends one webhook the next events it wants, if there are any, and
// stores where it stands then.
func (r *Room) tell(ctx context.Context, h akhra.Hook) (worked bool, err error) {
	events, err := r.store.Events(ctx, h.Org, h.Cursor, readAtOnce)
	if err != nil || len(events) == 0 {
		return false, err
	}
	body, last := choose(h, events)
	if len(body.Events) == 0 {
		h.Cursor = last
		return true, gone(r.store.HookTold(ctx, h, nil))
	}
	d := r.send(ctx, h, messageID(h, body), body)
	if ctx.Err() != nil {
		return false, nil // stopped: it is told again
	}
	d.Last = last
	r.account(&h, d)
	return true, gone(r.store.HookTold(ctx, h, &d))
}

// gone passes over a webhook that was taken away while it was told.
func gone(err error) error {
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil
	}
	return err
}

// choose takes the events a webhook wants, at most as many as one delivery
// holds, and tells up to where that leads in the log.
func choose(h akhra.Hook, events []akhra.Event) (body Body, last akhra.Seq) {
	body = Body{Type: "events"}
	for _, e := range events {
		if h.Wants(e) {
			if len(body.Events) == akhra.MaxHookEvents {
				break
			}
			body.Events = append(body.Events, outside(e))
		}
		last = e.Seq
	}
	return body, last
}

// outside is an event without the reason for asking: nobody outside is to learn
// which pictures are known answers or the audit.
func outside(e akhra.Event) Told {
	t := Told{Seq: e.Seq, Kind: e.Kind, Project: e.Project, Subject: e.Subject, At: e.At, Data: json.RawMessage("{}")}
	var data map[string]any
	if json.Unmarshal([]byte(e.Body), &data) == nil && data != nil {
		delete(data, "why")
		if text, err := json.Marshal(data); err == nil {
			t.Data = text
		}
	}
	return t
}

// messageID is the same for the same events, so that who is told twice can tell.
func messageID(h akhra.Hook, b Body) string {
	return fmt.Sprintf("%s-%d-%d", h.ID, b.Events[0].Seq, b.Events[len(b.Events)-1].Seq)
}

// account moves a webhook on after a delivery, or makes it wait.
func (r *Room) account(h *akhra.Hook, d akhra.Delivery) {
	now := akhra.MillisOf(r.now())
	if d.OK() {
		h.Cursor, h.Tries, h.Next, h.Since = d.Last, 0, 0, 0
		return
	}
	if h.Since == 0 {
		h.Since = now
	}
	pause := min(longest, firstPause<<min(h.Tries, 20))
	h.Tries++
	h.Next = now + akhra.Millis(pause.Milliseconds())
	if now-h.Since >= akhra.Millis(giveUp.Milliseconds()) {
		h.On = false
		r.log.Warn("a webhook was switched off: nobody took what it told for three days", "hook", h.ID)
	}
}

// Test tells a webhook nothing but that it is a test, once, and remembers what
// came of it.
func (r *Room) Test(ctx context.Context, h akhra.Hook) (akhra.Delivery, error) {
	if r.client == nil {
		return akhra.Delivery{}, akhra.Errorf(akhra.Unavailable, "This server tells no addresses.")
	}
	d := r.send(ctx, h, fmt.Sprintf("%s-test-%d", h.ID, akhra.MillisOf(r.now())), Body{Type: "test", Events: []Told{}})
	d.Test = true
	return d, r.store.TestTold(ctx, h, d)
}

// send makes one request and tells what came of it, but not what was answered.
func (r *Room) send(ctx context.Context, h akhra.Hook, id string, b Body) akhra.Delivery {
	at := akhra.MillisOf(r.now())
	d := akhra.Delivery{At: at, Events: len(b.Events)}
	request, err := r.request(ctx, h, id, at, b)
	if err != nil {
		r.log.Error("a webhook could not be told", "hook", h.ID, "error", err)
		d.Note = noteUnsent
		return d
	}
	answer, err := r.client.Do(request)
	d.TookMs = int64(akhra.MillisOf(r.now()) - at)
	if err != nil {
		d.Note = note(err)
		return d
	}
	answer.Body.Close()
	d.Status = answer.StatusCode
	return d
}

func (r *Room) request(ctx context.Context, h akhra.Hook, id string, at akhra.Millis, b Body) (*http.Request, error) {
	body, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	signature, err := Sign(h.Secret, id, at, body)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "akhra")
	request.Header.Set("webhook-id", id)
	request.Header.Set("webhook-timestamp", strconv.FormatInt(int64(at)/1000, 10))
	request.Header.Set("webhook-signature", signature)
	return request, nil
}

// What is told of a try that was not answered: enough to mend an address, too
// little to map a network.
const (
	noteUnsent  = "unsent"
	noteInside  = "inside"
	noteSlow    = "slow"
	noteNoName  = "no-name"
	noteRefused = "unreachable"
)

func note(err error) string {
	if e, ok := errors.AsType[*akhra.Error](err); ok && e.Field == "url" {
		return noteInside
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return noteNoName
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return noteSlow
	}
	return noteRefused
}
