package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/https"
	"akhra.dev/akhra/outbound"
	"akhra.dev/akhra/store"
	"akhra.dev/akhra/web"
)

// How a server stops: so long it says that it is not ready any more while it
// still takes requests, and so long requests in progress may take.
const (
	leaveTime = 300 * time.Millisecond
	drainTime = 10 * time.Second
)

// usualAddr is where the platform answers when nothing else is asked for.
const usualAddr = "127.0.0.1:8080"

// house is one data folder opened by this process, with everything that runs
// on it.
type house struct {
	dir        string
	addr       string
	everywhere bool // it listens on every address of this machine
	db         *store.DB
	blobs      *blob.Store
	engine     *engine.Engine
	api        *api.API
	own        *pipes          // this process's own way in
	monitor    *http.Server    // answers a monitor, nil when nobody asked for it
	shown      *https.Identity // who it shows itself to be over https, nil for plain http
	org        akhra.Org
	log        *slog.Logger
	stop       context.CancelFunc
	done       sync.WaitGroup
	failed     chan error
}

// houseOptions are what a command decides about the house it opens.
type houseOptions struct {
	dir        string
	url        string
	addr       string // where it answers, for links; empty when nobody serves it
	everywhere bool   // other machines reach it at each of its addresses
	demo       bool

	secure secureFlags

	backups backupPlan
	rest    bool // nothing works by itself: no log is followed, no picture gets its vector

	log io.Writer
	lan bool // webhooks may tell addresses of private networks, too
}

// openHouse opens the data folder and starts the engine and the socket for
// other commands. It fails with a sentence when the folder is held, newer than
// this program or not writable.
func openHouse(ctx context.Context, o houseOptions) (*house, error) {
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s cannot be made: %v. Choose another with --data.", o.dir, reason(err))
	}
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	h := &house{dir: dir, addr: cmp.Or(o.addr, usualAddr), everywhere: o.everywhere, failed: make(chan error, 3), log: slog.New(slog.NewJSONHandler(o.log, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if h.db, err = store.Open(ctx, dir, store.Options{Now: time.Now, Chance: rand.Reader}); err != nil {
		return nil, err
	}
	if err := h.furnish(ctx, o); err != nil {
		return nil, errors.Join(err, h.db.Close())
	}
	return h, nil
}

func (h *house) furnish(ctx context.Context, o houseOptions) (err error) {
	if h.blobs, err = blob.Open(filepath.Join(h.dir, "blobs")); err != nil {
		return err
	}
	if h.org, err = h.db.EnsureOrg(ctx, "Akhra"); err != nil {
		return err
	}
	pepper, err := pinKey(ctx, h.db, h.dir)
	if err != nil {
		return err
	}
	if h.shown, err = o.secure.identity(h.dir); err != nil {
		return err
	}
	outside := outbound.Options{Private: o.lan}
	h.engine = engine.New(engine.Config{DB: h.db, Blobs: h.blobs, Now: time.Now, Chance: rand.Reader, Log: h.log, Out: outbound.New(outside), Fill: true})
	h.api = api.New(door.Config{DB: h.db, Engine: h.engine, Blobs: h.blobs, Org: h.org, Now: time.Now,
		Chance: rand.Reader, Log: h.log, Pepper: pepper, DataDir: h.dir, URL: o.url, Shown: h.shown, Outside: outside, Demo: o.demo,
		BackupTo: o.backups.to, BackupEvery: o.backups.every}, web.Handler())
	socket, err := listenSocket(h.dir)
	if err != nil {
		return err
	}
	ctx, h.stop = context.WithCancel(context.WithoutCancel(ctx))
	if !o.rest {
		h.done.Go(func() {
			if err := h.engine.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				h.failed <- fmt.Errorf("engine: %w", err)
			}
		})
	}
	h.done.Go(func() { giveBackMemory(ctx) })
	h.done.Go(func() { h.watchFault(ctx) })
	if o.backups.every > 0 {
		h.done.Go(func() { h.backupsOften(ctx, o.backups) })
	}
	local := &http.Server{Handler: h.local(h.upkeep(h.api.Local(h.operator(ctx)))), BaseContext: func(net.Listener) context.Context { return ctx }}
	h.own = newPipes()
	h.done.Go(func() { <-ctx.Done(); local.Close() })
	h.done.Go(func() { local.Serve(h.own) })
	if socket != nil {
		h.done.Go(func() { local.Serve(socket) })
	}
	return nil
}

// local lets links that other commands ask for lead to where people come in.
func (h *house) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = h.addr
		if h.shown != nil {
			r.TLS = &tls.ConnectionState{}
		}
		next.ServeHTTP(w, r)
	})
}

// watchFault ends the house when the disk can no longer be trusted.
func (h *house) watchFault(ctx context.Context) {
	select {
	case <-ctx.Done():
	case err := <-h.db.Fault():
		h.failed <- fmt.Errorf("the disk failed, stopping so that nothing is lost: %w", err)
	case err := <-h.blobs.Fault():
		h.failed <- fmt.Errorf("the disk failed, stopping so that nothing is lost: %w", err)
	}
}

// operator is who the command line acts as: the owner, or, before there is
// one, somebody with the owner's rights.
func (h *house) operator(ctx context.Context) akhra.User {
	if owner, ok := h.owner(ctx); ok {
		return owner
	}
	return akhra.User{Org: h.org.ID, Name: "Command line", Login: "command-line", Role: akhra.Owner}
}

func (h *house) owner(ctx context.Context) (akhra.User, bool) {
	users, err := h.db.Users(ctx, h.org.ID)
	if err != nil {
		return akhra.User{}, false
	}
	for _, u := range users {
		if u.Role == akhra.Owner && u.Removed == 0 {
			return u, true
		}
	}
	return akhra.User{}, false
}

// close stops everything in order: the engine, the socket, the store.
func (h *house) close() error {
	h.stop()
	if h.monitor != nil {
		h.monitor.Close()
	}
	h.done.Wait()
	os.Remove(socketPath(h.dir))
	return h.db.Close()
}

func socketPath(dir string) string { return filepath.Join(dir, "akhra.sock") }

// listenSocket opens the way in for other commands of the same person. The
// store's lock is held, so a file that is there is left over.
func listenSocket(dir string) (net.Listener, error) {
	path := socketPath(dir)
	os.Remove(path)
	l, err := listenAlone(path)
	if errors.Is(err, errNoSockets) {
		return nil, nil // other commands can come in once the server has stopped
	}
	if err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The socket %s cannot be made: %v. A data folder with a shorter path may help.", path, reason(err))
	}
	return l, nil
}

// reason is the innermost cause, without the path that the sentence has.
func reason(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
