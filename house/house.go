// Package house is one data folder opened by this process, with everything that
// runs on it: the store and the blobs, the engine, the API, the ways in for
// people and for other commands, backups made by themselves. It joins the parts;
// flags and what is printed are the commands'.
//
//	h, err := house.Open(ctx, house.Options{Dir: "akhra-data", Addr: addr, Log: os.Stderr})
//	defer h.Close()
//	err = h.Serve(ctx, listener, "")
package house

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
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/https"
	"akhra.dev/akhra/outbound"
	"akhra.dev/akhra/store"
	"akhra.dev/akhra/web"
)

// UsualAddr is where the platform answers when nothing else is asked for.
const UsualAddr = "127.0.0.1:8080"

// House is one data folder opened by this process, with everything that runs
// on it.
type House struct {
	DB     *store.DB
	Engine *engine.Engine
	API    *api.API
	Org    akhra.Org
	Log    *slog.Logger
	Shown  *https.Identity // who it shows itself to be over https, nil for plain http

	dir     string
	addr    string
	blobs   *blob.Store
	own     *pipes       // this process's own way in
	monitor *http.Server // answers a monitor, nil when nobody asked for it
	stop    context.CancelFunc
	done    sync.WaitGroup
	failed  chan error
}

// Options are what a command decides about the house it opens.
type Options struct {
	Dir  string
	URL  string // public address people use, for links; empty: the server's own
	Addr string // where it answers, for links; empty when nobody serves it
	Demo bool
	Rest bool // nothing works by itself: no log is followed, no picture gets its vector
	LAN  bool // webhooks may tell addresses of private networks, too

	Shown   func(dir string) (*https.Identity, error) // who it shows itself to be; nil for plain http
	Backups Backups

	Log io.Writer
}

// Open opens the data folder and starts the engine and the socket for other
// commands. It fails with a sentence when the folder is held, newer than this
// program or not writable. The house must be closed.
func Open(ctx context.Context, o Options) (*House, error) {
	tuneMemory()
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The data folder %s cannot be made: %v. Choose another with --data.", o.Dir, console.Reason(err))
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	h := &House{dir: dir, addr: cmp.Or(o.Addr, UsualAddr), failed: make(chan error, 3), Log: slog.New(slog.NewJSONHandler(o.Log, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if h.DB, err = store.Open(ctx, dir, store.Options{Now: time.Now, Chance: rand.Reader}); err != nil {
		return nil, err
	}
	if err := h.furnish(ctx, o); err != nil {
		return nil, errors.Join(err, h.DB.Close())
	}
	return h, nil
}

func (h *House) furnish(ctx context.Context, o Options) (err error) {
	if h.blobs, err = blob.Open(filepath.Join(h.dir, "blobs")); err != nil {
		return err
	}
	if h.Org, err = h.DB.EnsureOrg(ctx, "Akhra"); err != nil {
		return err
	}
	pepper, err := pinKey(ctx, h.DB, h.dir)
	if err != nil {
		return err
	}
	if o.Shown != nil {
		if h.Shown, err = o.Shown(h.dir); err != nil {
			return err
		}
	}
	outside := outbound.Options{Private: o.LAN}
	h.Engine = engine.New(engine.Config{DB: h.DB, Blobs: h.blobs, Now: time.Now, Chance: rand.Reader, Log: h.Log, Out: outbound.New(outside), Fill: true})
	h.API = api.New(door.Config{DB: h.DB, Engine: h.Engine, Blobs: h.blobs, Org: h.Org, Now: time.Now,
		Chance: rand.Reader, Log: h.Log, Pepper: pepper, DataDir: h.dir, URL: o.URL, Shown: h.Shown, Outside: outside, Demo: o.Demo,
		BackupTo: o.Backups.To, BackupEvery: o.Backups.Every, BackupKeep: o.Backups.Keep}, web.Handler())
	socket, err := listenSocket(h.dir)
	if err != nil {
		return err
	}
	h.run(context.WithoutCancel(ctx), o, socket)
	return nil
}

// run starts what works by itself and answers other commands, until Close;
// socket is nil where the system has none.
func (h *House) run(ctx context.Context, o Options, socket net.Listener) {
	ctx, h.stop = context.WithCancel(ctx)
	if !o.Rest {
		h.done.Go(func() {
			if err := h.Engine.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				h.Fail(fmt.Errorf("engine: %w", err))
			}
		})
	}
	h.done.Go(func() { giveBackMemory(ctx) })
	h.done.Go(func() { h.watchFault(ctx) })
	if o.Backups.Every > 0 {
		h.done.Go(func() { h.backupsOften(ctx, o.Backups) })
	}
	local := &http.Server{Handler: h.local(h.upkeep(h.API.Local(h.operator(ctx)))), BaseContext: func(net.Listener) context.Context { return ctx }}
	h.own = newPipes()
	h.done.Go(func() { <-ctx.Done(); local.Close() })
	h.done.Go(func() { local.Serve(h.own) })
	if socket != nil {
		h.done.Go(func() { local.Serve(socket) })
	}
}

// Go runs work beside the house; Close waits until it ends.
func (h *House) Go(work func()) { h.done.Go(work) }

// Fail ends Serve with an error.
func (h *House) Fail(err error) { h.failed <- err }

// local lets links that other commands ask for lead to where people come in.
func (h *House) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = h.addr
		if h.Shown != nil {
			r.TLS = &tls.ConnectionState{}
		}
		next.ServeHTTP(w, r)
	})
}

// watchFault ends the house when the disk can no longer be trusted.
func (h *House) watchFault(ctx context.Context) {
	select {
	case <-ctx.Done():
	case err := <-h.DB.Fault():
		h.Fail(fmt.Errorf("the disk failed, stopping so that nothing is lost: %w", err))
	case err := <-h.blobs.Fault():
		h.Fail(fmt.Errorf("the disk failed, stopping so that nothing is lost: %w", err))
	}
}

// operator is who the command line acts as: the owner, or, before there is
// one, somebody with the owner's rights.
func (h *House) operator(ctx context.Context) akhra.User {
	if owner, ok := h.Owner(ctx); ok {
		return owner
	}
	return akhra.User{Org: h.Org.ID, Name: "Command line", Login: "command-line", Role: akhra.Owner}
}

// Owner is the first owner of the installation, false while nobody owns it.
func (h *House) Owner(ctx context.Context) (akhra.User, bool) {
	users, err := h.DB.Users(ctx, h.Org.ID)
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

// Base is where people of this machine find the platform.
func (h *House) Base() string {
	switch {
	case h.API.URL != "":
		return h.API.URL
	case h.Shown != nil:
		return "https://" + h.addr
	}
	return "http://" + h.addr
}

// Close stops everything in order: the engine, the socket, the store.
func (h *House) Close() error {
	h.stop()
	if h.monitor != nil {
		h.monitor.Close()
	}
	h.done.Wait()
	os.Remove(socketPath(h.dir))
	return h.DB.Close()
}
