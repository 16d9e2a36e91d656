package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// retryAfter is how many seconds a refused client is asked to wait.
const retryAfter = 2

// Config is what the API is given. DB, Engine and Blobs are needed.
type Config struct {
	DB     *store.DB
	Engine *engine.Engine
	Blobs  *blob.Store
	Org    akhra.Org    // the organisation of this installation
	Web    http.Handler // the browser app; what no operation takes goes there
	Now    func() time.Time
	Chance io.Reader
	Log    *slog.Logger

	DataDir string // scratch files of uploads lie in its folder "scratch"
	URL     string // public address for links, "" for the one asked
	Demo    bool   // the Host must be this machine; one-time links may sign in
}

// API answers HTTP. Make it with New.
type API struct {
	Config
	mux        *http.ServeMux
	framework  huma.API
	registered map[string]bool
	sessions   *sessionCache
	projects   *projectCache
	passwords  *passwords
	tallies    *tallies
	feeds      *feeds
	closing    chan struct{}
	EndStreams func() // ends every open event stream, when the server stops
	chain      http.Handler
}

// New joins every operation of the table to its handler. It panics when one
// of them is missing: that is a fault of this package, found by any test.
func New(c Config) *API {
	shapeFramework()
	a := &API{Config: c, mux: http.NewServeMux(), registered: map[string]bool{}}
	a.sessions = newSessionCache(c.Now)
	a.projects = newProjectCache(c.Now)
	a.passwords = newPasswords(c.Now, c.Chance)
	a.tallies = newTallies(c.Now)
	a.feeds = newFeeds(c.DB)
	a.closing = make(chan struct{})
	a.EndStreams = sync.OnceFunc(func() { close(a.closing) })
	a.framework = humago.New(a.mux, frameworkConfig())
	a.routes()
	if err := a.complete(); err != nil {
		panic(err)
	}
	a.chain = a.guard(a.mux)
	return a
}

// ServeHTTP answers one request from the network.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.chain.ServeHTTP(w, r) }

// Local answers requests of this machine's command line, which come over a
// socket that only the owner of the data folder can open, as the owner.
func (a *API) Local(owner akhra.User) http.Handler {
	c := &caller{user: owner, local: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mux.ServeHTTP(w, r.WithContext(withCaller(r.Context(), c)))
	})
}

// Document is the OpenAPI description of every operation.
func (a *API) Document() ([]byte, error) {
	return json.MarshalIndent(a.framework.OpenAPI(), "", "  ")
}

func frameworkConfig() huma.Config {
	c := huma.DefaultConfig("Akhra", "1")
	c.CreateHooks = nil // no $schema field and Link header built from Host
	c.SchemasPath, c.DocsPath, c.OpenAPIPath = "", "", ""
	return c
}

func (a *API) routes() {
	a.routeHealth()
	a.routeSession()
	a.routeMe()
	a.routeLinks()
	a.routePeople()
	a.routeProjects()
	a.routePictures()
	a.routeJobs()
	a.routeItems()
	a.routeLease()
	a.routeSync()
	a.routeProgress()
	a.routeEvents()
	a.routeExport()
	a.mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, problemFor(http.StatusNotFound))
	})
	if a.Web != nil {
		a.mux.Handle("/", a.Web)
	}
}

func (a *API) routeHealth() {
	ok := func(w http.ResponseWriter, _ *http.Request) error {
		writeJSON(w, http.StatusOK, jsonType, map[string]bool{"ok": true})
		return nil
	}
	a.plain("live", ok, answers[map[string]bool](a))
	a.plain("ready", func(w http.ResponseWriter, r *http.Request) error {
		if _, err := a.DB.Head(r.Context(), a.Org.ID); err != nil {
			return akhra.Errorf(akhra.Unavailable, "The store does not answer.")
		}
		return ok(w, r)
	}, answers[map[string]bool](a))
}

func (a *API) id() (string, error) { return akhra.NewID(a.Now(), a.Chance) }

type callerKey struct{}

func withCaller(ctx context.Context, c *caller) context.Context {
	if c == nil {
		return ctx
	}
	return context.WithValue(ctx, callerKey{}, c)
}

// callerIn returns who calls. Only operations that are not public may ask.
func callerIn(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey{}).(*caller)
	return c
}
