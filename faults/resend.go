//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra/history"
)

// How answers travel over a bad line. Every request may also be late: an old
// copy of it arrives once more after newer ones.
const (
	cutShare   = 0.25 // the line dies somewhere in the request
	deafShare  = 0.25 // the request arrives, its answer does not
	twinShare  = 0.15 // the request arrives twice at once
	staleShare = 0.15 // an old request arrives again
	mostAtOnce = 12   // answers in a request
)

// resend lets people answer over a line that is cut at any byte, repeats and
// reorders. One of them works on two devices at once, which know nothing of
// each other.
func (r *run) resend(binary string, answers int) (history.Account, error) {
	h, err := found(binary, filepath.Join(r.folder(), "data"), people)
	if err != nil {
		return history.Account{}, err
	}
	defer func() { h.kill() }()
	from := chance(r.seed)
	h.stock(answers/people+1, from)
	first := h.workers[0]
	h.workers = append(h.workers, &worker{person: person{house: h, cookie: first.cookie}, name: first.name, chance: chance(99)})
	var all sync.WaitGroup
	for i, w := range h.workers {
		line := &badLine{worker: w, chance: chance(r.seed<<16 + uint64(i)), most: answers}
		all.Go(line.work)
	}
	all.Wait()
	return h.settle()
}

// badLine is a worker whose requests do not simply arrive.
type badLine struct {
	*worker
	chance *rand.Rand
	old    [][]byte // requests that were sent before
	most   int      // requests she sends; only a server that forgets lets her come near
}

// work answers until nothing has been left for a while.
func (l *badLine) work() {
	for idle := 0; idle < 20 && len(l.old) < l.most; idle++ {
		if len(l.pending) == 0 && !l.answer(1+l.chance.IntN(mostAtOnce)) {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		idle = 0
		l.chance.Shuffle(len(l.pending), func(i, j int) { l.pending[i], l.pending[j] = l.pending[j], l.pending[i] })
		l.travel()
	}
}

// travel sends what waits in one of the ways of a bad line.
func (l *badLine) travel() {
	request := l.request()
	l.old = append(l.old, request)
	switch luck := l.chance.Float64(); {
	case luck < cutShare:
		l.raw(request[:l.chance.IntN(len(request))], false)
	case luck < cutShare+deafShare:
		l.raw(request, false)
	case luck < cutShare+deafShare+twinShare:
		var both sync.WaitGroup
		both.Go(func() { l.raw(request, true) })
		l.flush()
		both.Wait()
	case luck < cutShare+deafShare+twinShare+staleShare:
		l.raw(l.old[l.chance.IntN(len(l.old))], true)
	default:
		l.flush()
	}
}

func (l *badLine) request() []byte {
	body, err := json.Marshal(map[string]any{"v": 1, "project": l.house.project, "answers": l.pending})
	if err != nil {
		panic(err) // texts and numbers
	}
	return fmt.Appendf(nil, "POST /api/sync HTTP/1.1\r\nHost: akhra\r\nCookie: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", l.cookie, len(body), body)
}

// raw writes bytes to a connection of their own and goes, or waits until the
// server has spoken.
func (l *badLine) raw(request []byte, wait bool) {
	conn, err := net.DialTimeout("tcp", strings.TrimPrefix(l.house.base(), "http://"), askPatience)
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(askPatience)) // a TCP connection takes deadlines
	if _, err := conn.Write(request); err == nil && wait {
		_, _ = conn.Read(make([]byte, 1))
	}
}
