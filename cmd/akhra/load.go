package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
)

// load is many clients answering at once.
type load struct {
	target  *loadTarget
	http    *http.Client
	clients []*loadClient

	mu    sync.Mutex
	first string // what the first refused request read
}

// loadClient is one of them; its times are its own until the end.
type loadClient struct {
	load          *load
	cookie        string
	tasks         []api.AssignmentView
	syncs, leases []time.Duration
	errors        int
}

const loadLease = 20

func newLoad(t *loadTarget, n int) *load {
	transport := &http.Transport{MaxIdleConnsPerHost: n, MaxConnsPerHost: 0, DisableCompression: true}
	l := &load{target: t, http: &http.Client{Transport: transport, Timeout: 30 * time.Second}}
	for i := range n {
		l.clients = append(l.clients, &loadClient{load: l, cookie: t.cookies[i%len(t.cookies)]})
	}
	return l
}

// run lets all clients answer for a while.
func (l *load) run(ctx context.Context, length time.Duration) loadResult {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	start := time.Now()
	var all sync.WaitGroup
	for _, one := range l.clients {
		all.Go(func() { one.work(ctx) })
	}
	all.Wait()
	return l.sum(time.Since(start))
}

func (l *load) sum(took time.Duration) loadResult {
	var syncs, leases []time.Duration
	r := loadResult{Clients: len(l.clients), Cores: cores(), Seconds: took.Seconds()}
	for _, one := range l.clients {
		syncs, leases = append(syncs, one.syncs...), append(leases, one.leases...)
		r.Errors += one.errors
	}
	slices.Sort(syncs)
	slices.Sort(leases)
	r.Answers, r.PerSecond = len(syncs), float64(len(syncs))/took.Seconds()
	r.P50, r.P99, r.P999, r.LeaseP99 = quantile(syncs, .5), quantile(syncs, .99), quantile(syncs, .999), quantile(leases, .99)
	return r
}

// quantile of sorted times, in milliseconds.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(q*float64(len(sorted)-1))]) / float64(time.Millisecond)
}

func (l *load) complain(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first == "" {
		l.first = err.Error()
	}
}

func (l *load) complaint() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.first
}

func (c *loadClient) work(ctx context.Context) {
	for ctx.Err() == nil {
		err := c.step(ctx)
		if err != nil && ctx.Err() == nil {
			c.errors++
			c.load.complain(err)
			sleep(ctx, 50*time.Millisecond)
		}
	}
}

func (c *loadClient) step(ctx context.Context) error {
	if len(c.tasks) == 0 {
		return c.lease(ctx)
	}
	task := c.tasks[0]
	c.tasks = c.tasks[1:]
	return c.answer(ctx, task)
}

func (c *loadClient) lease(ctx context.Context) error {
	var out api.LeaseView
	start := time.Now()
	if err := c.post(ctx, "/api/projects/"+string(c.load.target.project)+"/lease", api.LeaseBody{N: loadLease}, &out); err != nil {
		return err
	}
	c.leases = append(c.leases, time.Since(start))
	if c.tasks = out.Assignments; len(c.tasks) == 0 {
		return fmt.Errorf("no tasks are left")
	}
	return nil
}

// answer sends one answer and counts it only when the server says it is stored.
func (c *loadClient) answer(ctx context.Context, task api.AssignmentView) error {
	id, err := akhra.NewID(time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	class := c.load.target.classes[int(task.Item[len(task.Item)-1])%len(c.load.target.classes)]
	in := api.SyncBody{V: 1, Project: c.load.target.project, Answers: []akhra.Annotation{{ID: akhra.AnnotationID(id),
		Assignment: task.ID, Task: task.Task, Answer: akhra.AnswerClass, Class: class.ID, TookMillis: 1500}}}
	var out api.SyncView
	start := time.Now()
	if err := c.post(ctx, "/api/sync", in, &out); err != nil {
		return err
	}
	took := time.Since(start)
	if len(out.Verdicts) != 1 || out.Verdicts[0].Outcome != akhra.Stored {
		return fmt.Errorf("the answer was not stored: %+v", out.Verdicts)
	}
	c.syncs = append(c.syncs, took)
	return nil
}

func (c *loadClient) post(ctx context.Context, path string, in, out any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, "POST", c.load.target.base+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", c.cookie)
	answer, err := c.load.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %d %s", path, answer.StatusCode, body)
	}
	return json.Unmarshal(body, out)
}

// listen opens n event streams and reads them until ctx ends.
func (l *load) listen(ctx context.Context, n int) {
	streams := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: n}}
	for i := range n {
		go func() {
			r, err := http.NewRequestWithContext(ctx, "GET", l.target.base+"/api/projects/"+string(l.target.project)+"/events", nil)
			if err != nil {
				return
			}
			r.Header.Set("Cookie", l.target.cookies[i%len(l.target.cookies)])
			answer, err := streams.Do(r)
			if err != nil {
				return
			}
			defer answer.Body.Close()
			io.Copy(io.Discard, answer.Body)
		}()
	}
}
