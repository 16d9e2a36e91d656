//go:build linux

package main

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// room is the product without a process or a line: store, engine and API in
// here, with a clock of our own. What is tried in it is logic, a hundred
// thousand times, so its store does not wait for the disk.
type room struct {
	db     *store.DB
	engine *engine.Engine
	api    *api.API
	org    akhra.Org
	token  string
	user   akhra.User
}

func openRoom(dir string, now func() time.Time) (*room, error) {
	ctx := context.Background()
	db, err := store.Open(ctx, dir, store.Options{Now: now, Synchronous: "OFF"})
	if err != nil {
		return nil, err
	}
	r := &room{db: db, token: crand.Text()}
	if err := r.furnish(ctx, dir, now); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

func (r *room) furnish(ctx context.Context, dir string, now func() time.Time) error {
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		return err
	}
	if r.org, err = r.db.EnsureOrg(ctx, "Akhra"); err != nil {
		return err
	}
	r.engine = engine.New(engine.Config{DB: r.db, Blobs: blobs, Now: now, Chance: crand.Reader})
	r.api = api.New(door.Config{DB: r.db, Engine: r.engine, Blobs: blobs, Org: r.org, Now: now, Chance: crand.Reader, DataDir: dir, Pepper: []byte("of a test")}, nil)
	r.user, r.token, err = r.annotator(ctx, "asha", now())
	return err
}

// annotator adds somebody who is signed in for ten years.
func (r *room) annotator(ctx context.Context, login string, now time.Time) (akhra.User, string, error) {
	u := akhra.User{ID: akhra.UserID(newID()), Org: r.org.ID, Name: login, Login: login, Role: akhra.Annotator, Created: akhra.MillisOf(now)}
	token := crand.Text()
	s := akhra.Session{TokenHash: door.HashToken(token), User: u.ID, Org: r.org.ID, Created: akhra.MillisOf(now), Expires: akhra.MillisOf(now.AddDate(10, 0, 0))}
	return u, token, errors.Join(r.db.AddUser(ctx, u), r.db.AddSession(ctx, s))
}

// project makes a project of n pictures, which have rows and no bytes, and two
// classes.
func (r *room) project(ctx context.Context, n, overlap int) (akhra.Tenant, []akhra.Class, error) {
	classes := []akhra.Class{{ID: akhra.ClassID(newID()), Name: "pest", Key: "1"}, {ID: akhra.ClassID(newID()), Name: "leaf", Key: "2"}}
	settings := akhra.DefaultSettings()
	settings.Overlap, settings.Cap, settings.GoldShare = overlap, overlap, 0
	p := akhra.Project{ID: akhra.ProjectID(newID()), Org: r.org.ID, Question: "What is it?", Settings: settings, LabelSet: akhra.LabelSetID(newID()), Created: 1}
	p.Name = string(p.ID)
	t := akhra.Tenant{Org: r.org.ID, Project: p.ID}
	if err := r.db.AddProject(ctx, t, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: classes}); err != nil {
		return t, nil, fmt.Errorf("make a project: %w", err)
	}
	items := make([]akhra.Item, n)
	for i := range items {
		hash := door.HashToken(fmt.Sprint(p.ID, i))
		items[i] = akhra.Item{ID: akhra.ItemID(newID()), Blob: hash, Name: fmt.Sprint(i, ".jpg"), Width: 640, Height: 480, Variants: [3]string{hash, hash, hash}, Created: 1}
	}
	_, err := r.db.AddItems(ctx, t, items)
	return t, classes, err
}

// post asks as the holder of a token; cut is where the body breaks off, -1
// when it does not.
func (r *room) post(token, path string, body []byte, cut int) (status int, answer []byte) {
	var in io.Reader = bytes.NewReader(body)
	if cut >= 0 {
		in = io.MultiReader(bytes.NewReader(body[:cut]), brokenOff{})
	}
	q, err := http.NewRequest("POST", "http://127.0.0.1"+path, in)
	if err != nil {
		panic(err) // our own words
	}
	q.ContentLength, q.RemoteAddr = int64(len(body)), "127.0.0.1:1"
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Cookie", "akhra="+token)
	w := &heard{status: http.StatusOK, header: http.Header{}}
	r.api.ServeHTTP(w, q)
	return w.status, w.body.Bytes()
}

// brokenOff is the end of a body whose connection was cut.
type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// heard is an answer kept in memory.
type heard struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (h *heard) Header() http.Header         { return h.header }
func (h *heard) WriteHeader(status int)      { h.status = status }
func (h *heard) Write(p []byte) (int, error) { return h.body.Write(p) }
