package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"akhra.dev/akhra"
)

// public is the act of an operation that needs no session. No role has it:
// only the table below opens a door to strangers.
const public akhra.Act = "public"

// Limits of request bodies in bytes.
const (
	maxJSON    = 1 << 20
	maxPicture = 100 << 20
	maxZip     = 4 << 30
)

// operation is one thing that can be asked over HTTP.
type operation struct {
	method, path string
	act          akhra.Act
	limit        int64 // of the body; 0 means maxJSON
	summary      string
}

// operations is the one table of what exists and which act it needs.
// Who may do an act is akhra.May's business. What is not here is not served.
var operations = map[string]operation{
	"live":  {"GET", "/livez", public, 0, "Is the process alive?"},
	"ready": {"GET", "/readyz", public, 0, "Is the store open?"},

	"sign-in":    {"POST", "/api/session", public, 4 << 10, "Sign in with a password"},
	"sign-out":   {"DELETE", "/api/session", akhra.ActSignedIn, 0, "End this session"},
	"me":         {"GET", "/api/me", akhra.ActSignedIn, 0, "Who is signed in and what may she do?"},
	"change-me":  {"PATCH", "/api/me", akhra.ActSignedIn, 4 << 10, "Change one's own settings"},
	"link":       {"GET", "/api/links/{token}", public, 0, "What is this one-time link for?"},
	"take-link":  {"POST", "/api/links/{token}", public, 4 << 10, "Use a one-time link"},
	"people":     {"GET", "/api/people", akhra.ActManagePeople, 0, "Everybody of the organisation"},
	"add-person": {"POST", "/api/people/links", akhra.ActManagePeople, 4 << 10, "Make a one-time link for a new person"},

	"projects":       {"GET", "/api/projects", akhra.ActListProjects, 0, "The projects"},
	"add-project":    {"POST", "/api/projects", akhra.ActManageProject, 0, "Create a project"},
	"project":        {"GET", "/api/projects/{project}", akhra.ActListProjects, 0, "One project"},
	"change-project": {"PATCH", "/api/projects/{project}", akhra.ActManageProject, 0, "Change name, question or rules"},
	"set-classes":    {"PUT", "/api/projects/{project}/classes", akhra.ActManageProject, 0, "Change the classes"},

	"add-picture": {"POST", "/api/projects/{project}/pictures", akhra.ActAddPictures, maxPicture, "Add one picture"},
	"add-zip":     {"POST", "/api/projects/{project}/zip", akhra.ActAddPictures, maxZip, "Add the pictures of a zip file"},
	"add-folder":  {"POST", "/api/projects/{project}/folder", akhra.ActAddPictures, 0, "Add a folder of the server's own disk; command line only"},
	"jobs":        {"GET", "/api/projects/{project}/jobs", akhra.ActSeeJobs, 0, "Long work and how far it is"},
	"cancel-job":  {"DELETE", "/api/projects/{project}/jobs/{job}", akhra.ActAddPictures, 0, "Stop a job"},
	"items":       {"GET", "/api/projects/{project}/items", akhra.ActBrowse, 0, "Pictures and what is known of them"},
	"item":        {"GET", "/api/projects/{project}/items/{item}", akhra.ActBrowse, 0, "One picture and what taught it this"},
	"picture":     {"GET", "/api/pictures/{project}/{item}/{side}", akhra.ActSeePictures, 0, "A picture's bytes, 320, 720 or 1440 pixels on the long side"},

	"lease":    {"POST", "/api/projects/{project}/lease", akhra.ActAnnotate, 4 << 10, "Take tasks to answer"},
	"sync":     {"POST", "/api/sync", akhra.ActAnnotate, maxJSON, "Send answers; each gets its own verdict"},
	"progress": {"GET", "/api/projects/{project}/progress", akhra.ActSeeProgress, 0, "How far the project is"},
	"events":   {"GET", "/api/projects/{project}/events", akhra.ActSeeProgress, 0, "Server-sent events: progress and job"},
	"export":   {"GET", "/api/projects/{project}/export", akhra.ActExport, 0, "Consensus or votes as CSV"},
}

func (o operation) bodyLimit() int64 {
	if o.limit == 0 {
		return maxJSON
	}
	return o.limit
}

// describe makes the OpenAPI operation, with who may call it as x-allow.
func (a *API) describe(id string) huma.Operation {
	o, known := operations[id]
	if !known {
		panic("api: operation " + id + " is not in the table of permissions")
	}
	a.registered[id] = true
	return huma.Operation{
		OperationID: id, Method: o.method, Path: o.path, Summary: o.summary, MaxBodyBytes: o.bodyLimit(),
		Errors:     []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound},
		Extensions: map[string]any{"x-act": o.act, "x-allow": akhra.MayRoles(o.act)},
	}
}

// register serves an operation through the framework: typed input, typed
// output, schema in the document.
func register[I, O any](a *API, id string, handler func(context.Context, *I) (*O, error)) {
	op := a.describe(id)
	op.Middlewares = huma.Middlewares{a.enforce(id)}
	huma.Register(a.framework, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, a.report(ctx, id, err)
		}
		return out, nil
	})
}

// plain serves an operation without the framework's reflection: streams,
// uploads and the hot path. shape adds its schema to the document.
func (a *API) plain(id string, handler func(http.ResponseWriter, *http.Request) error, shape func(*huma.Operation)) {
	op := a.describe(id)
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	shape(&op)
	a.framework.OpenAPI().AddOperation(&op)
	a.mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
		c, err := a.admit(r, id)
		if err == nil {
			r.Body = http.MaxBytesReader(w, r.Body, op.MaxBodyBytes)
			err = handler(w, r.WithContext(withCaller(r.Context(), c)))
		}
		if err != nil {
			refuse(w, a.report(r.Context(), id, err))
		}
	})
}

// enforce lets a request of an operation through only for a caller who may.
func (a *API) enforce(id string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := unwrap(ctx)
		c, err := a.admit(r, id)
		if err != nil {
			refuse(w, a.report(r.Context(), id, err))
			return
		}
		next(huma.WithContext(ctx, withCaller(ctx.Context(), c)))
	}
}

// admit finds who calls and whether she may. Default deny: an unknown role or
// act may nothing.
func (a *API) admit(r *http.Request, id string) (*caller, error) {
	o := operations[id]
	c, err := a.callerOf(r)
	if o.act == public {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	if !akhra.May(c.user.Role, o.act) {
		return nil, akhra.Errorf(akhra.Forbidden, "Your role does not allow this.")
	}
	return c, nil
}

// complete fails when an operation of the table is not served.
func (a *API) complete() error {
	for id := range operations {
		if !a.registered[id] {
			return fmt.Errorf("api: operation %s has no handler", id)
		}
	}
	return nil
}
