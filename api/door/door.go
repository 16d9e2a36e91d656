package door

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"akhra.dev/akhra"
	"akhra.dev/akhra/blob"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/https"
	"akhra.dev/akhra/outbound"
	"akhra.dev/akhra/store"
)

// retryAfter is how many seconds a refused client is asked to wait.
const retryAfter = 2

// Config is what the API is given. DB, Engine and Blobs are needed.
type Config struct {
	DB     *store.DB
	Engine *engine.Engine
	Blobs  *blob.Store
	Org    akhra.Org // the organisation of this installation
	Now    func() time.Time
	Chance io.Reader
	Log    *slog.Logger

	Pepper  []byte           // key that PINs are mixed with before they are hashed; kept outside the database
	DataDir string           // scratch files of uploads lie in its folder "scratch"
	URL     string           // public address for links, "" for the one asked
	Outside outbound.Options // which addresses webhooks may have
	Shown   *https.Identity  // who it shows itself to be over https; nil where it speaks plain http, or a proxy speaks https
	Demo    bool             // the Host must be this machine; one-time links may sign in

	BackupTo    string        // folder of scheduled backups, "" for none
	BackupEvery time.Duration // between them
	BackupKeep  int           // how many verified ones stay in that folder, 0 for all
}

// Door is the way in that every room of the API shares.
type Door struct {
	Config
	Mux        *http.ServeMux
	framework  huma.API
	registered map[string]bool
	sessions   *sessionCache
	measures   measures
	projects   *projectCache
	left       *leftCache
	Traffic    Traffic
	Leaving    atomic.Bool   // the server is about to stop: it is not ready for more
	Closing    chan struct{} // closed when the server stops: open event streams end
	EndStreams func()        // ends every open event stream, when the server stops
}

// Open has no operation served yet.
func Open(c Config) *Door {
	shapeFramework()
	a := &Door{Config: c, Mux: http.NewServeMux(), registered: map[string]bool{}, Closing: make(chan struct{})}
	a.Traffic.since = akhra.MillisOf(c.Now())
	a.sessions = newSessionCache(c.Now)
	a.projects = newProjectCache(c.Now)
	a.left = newLeftCache(c)
	a.EndStreams = sync.OnceFunc(func() { close(a.Closing) })
	a.framework = humago.New(a.Mux, frameworkConfig())
	return a
}

// Local answers requests of this machine's command line, which come over a
// socket that only the owner of the data folder can open, as the owner.
func (a *Door) Local(owner akhra.User) http.Handler {
	c := &Caller{User: owner, Local: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.Mux.ServeHTTP(w, r.WithContext(withCaller(r.Context(), c)))
	})
}

// Document is the OpenAPI description of every operation.
func (a *Door) Document() ([]byte, error) {
	return json.MarshalIndent(a.framework.OpenAPI(), "", "  ")
}

func frameworkConfig() huma.Config {
	c := huma.DefaultConfig("Akhra", "1")
	c.CreateHooks = nil // no $schema field and Link header built from Host
	c.SchemasPath, c.DocsPath, c.OpenAPIPath = "", "", ""
	return c
}

// NewID makes an id by the API's clock and chance.
func (a *Door) NewID() (string, error) { return akhra.NewID(a.Now(), a.Chance) }
