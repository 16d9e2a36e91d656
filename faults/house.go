//go:build linux

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"akhra.dev/akhra/faults/gate"
	"akhra.dev/akhra/history"
)

// house is a data folder, the server that holds it and the people who come to
// it: an owner, who adds pictures and exports, and annotators.
type house struct {
	binary  string
	data    string
	http    *http.Client
	history *history.History

	requests requests
	erased   []string // projects whose erasing was acknowledged

	owner   *person
	workers []*worker
	project string
	classes []class

	mu      sync.Mutex
	running *server
}

type class struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Key  string `json:"key"`
}

const password = "a long password"

// found makes a new house: a server, its owner, a project in which n people
// answer each picture, and these people.
func found(binary, data string, n int) (*house, error) {
	h := &house{binary: binary, data: data, http: &http.Client{Timeout: askPatience, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}, history: history.New()}
	h.owner = &person{house: h}
	if err := h.start(nil); err != nil {
		return nil, err
	}
	if err := h.furnish(n); err != nil {
		return nil, errors.Join(fmt.Errorf("furnish a house: %w", err), h.kill())
	}
	return h, nil
}

func (h *house) furnish(n int) error {
	select {
	case link := <-h.running.link:
		if err := h.owner.json("POST", "/api/links/"+filepath.Base(link), map[string]string{"name": "Asha", "login": "asha", "password": password}, nil); err != nil {
			return err
		}
	case <-time.After(askPatience):
		return errors.New("the server printed no one-time link")
	}
	h.classes = []class{{newID(), "pest", "1"}, {newID(), "leaf", "2"}}
	h.project = newID()
	body := map[string]any{"id": h.project, "name": "Leaves", "question": "What is it?", "classes": h.classes, "settings": map[string]any{"overlap": n, "cap": n}}
	if err := h.owner.json("POST", "/api/projects", body, nil); err != nil {
		return err
	}
	for i := range n {
		w := &worker{person: person{house: h}, name: fmt.Sprintf("worker%d", i), chance: chance(uint64(i))}
		var link struct{ URL string }
		if err := h.owner.json("POST", "/api/people/links", map[string]string{"name": w.name, "role": "annotator"}, &link); err != nil {
			return err
		}
		if err := w.json("POST", "/api/links/"+filepath.Base(link.URL), map[string]string{"name": w.name, "login": w.name, "password": password}, nil); err != nil {
			return err
		}
		h.workers = append(h.workers, w)
	}
	return nil
}

// start starts a server on the house.
func (h *house) start(g *gate.Gate, args ...string) error {
	s, err := serve(h.binary, h.data, g, args...)
	h.mu.Lock()
	h.running = s
	h.mu.Unlock()
	return err
}

func (h *house) base() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.running == nil {
		return ""
	}
	return h.running.base
}

// kill ends the server at once.
func (h *house) kill() error {
	h.running.kill()
	h.http.CloseIdleConnections()
	return nil
}

// restart ends the server at once and starts another.
func (h *house) restart() error {
	return errors.Join(h.kill(), h.start(nil))
}

// account compares what the server delivers with what people were told, and
// every picture's bytes with what was sent.
func (h *house) account() (history.Account, error) {
	items, err := h.items()
	if err != nil {
		return history.Account{}, err
	}
	text, err := h.owner.send("GET", "/api/projects/"+h.project+"/export?format=votes", "", nil)
	if err != nil {
		return history.Account{}, fmt.Errorf("export: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return history.Account{}, fmt.Errorf("read the export: %w", err)
	}
	there := make([]history.Answer, 0, len(rows))
	for _, row := range rows[1:] {
		there = append(there, history.Answer{ID: row[9], Who: row[1], Item: items.id[row[0]], Class: row[3]})
	}
	return h.history.Check(there, func(hash string) error { return h.whole(items, hash) }), nil
}

// items are the pictures a house has.
type items struct {
	id     map[string]string // by name
	thumbs map[string]string // where the small form of each is served, by name
}

func (h *house) items() (items, error) {
	all := items{id: map[string]string{}, thumbs: map[string]string{}}
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID, Name, Thumb, URL string }
			Next  string
		}
		if err := h.owner.json("GET", "/api/projects/"+h.project+"/items?order=oldest&limit=200&cursor="+cursor, nil, &page); err != nil {
			return all, fmt.Errorf("list pictures: %w", err)
		}
		for _, one := range page.Items {
			all.id[one.Name], all.thumbs[one.Name] = one.ID, one.URL
		}
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}

// whole looks whether a picture is in the project, its original on the disk as
// it was sent, and its smaller form served.
func (h *house) whole(all items, hash string) error {
	original, err := os.ReadFile(filepath.Join(h.data, "blobs", hash[:2], hash[2:4], hash))
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(original); hex.EncodeToString(sum[:]) != hash {
		return errors.New("its bytes are not those that were sent")
	}
	at, known := all.thumbs[pictureName(hash)]
	if !known {
		return errors.New("the project has no such picture")
	}
	body, err := h.owner.send("GET", at, "", nil)
	if err != nil {
		return fmt.Errorf("look at it: %w", err)
	}
	if !strings.HasPrefix(http.DetectContentType(body), "image/") {
		return errors.New("what is served is no picture")
	}
	return nil
}
