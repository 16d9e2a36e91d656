package door

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"akhra.dev/akhra"
	"akhra.dev/akhra/onnx"
)

// public is the act of an operation that needs no session. No role has it:
// only the table below opens a door to strangers.
const public akhra.Act = "public"

// Limits of request bodies in bytes.
const (
	maxJSON    = 1 << 20
	maxPicture = 100 << 20
	maxZip     = 4 << 30
	maxTable   = 256 << 20
	maxNetwork = onnx.MaxFile
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
	"live":     {"GET", "/livez", public, 0, "Is the process alive?"},
	"document": {"GET", "/api/openapi.json", akhra.ActListProjects, 0, "This description"},
	"ready":    {"GET", "/readyz", public, 0, "Is the store open?"},

	"install":           {"GET", "/api/install", public, 0, "How a device comes to trust this server's own authority"},
	"install-authority": {"GET", "/api/install/akhra.crt", public, 0, "The authority's certificate, for a device to take in"},

	"sign-in":   {"POST", "/api/session", public, 4 << 10, "Sign in with a password"},
	"sign-out":  {"DELETE", "/api/session", akhra.ActSignedIn, 0, "End this session"},
	"me":        {"GET", "/api/me", akhra.ActSignedIn, 0, "Who is signed in and what may she do?"},
	"change-me": {"PATCH", "/api/me", akhra.ActSignedIn, 4 << 10, "Change one's own settings"},
	"link":      {"GET", "/api/links/{token}", public, 0, "What is this one-time link for?"},
	"take-link": {"POST", "/api/links/{token}", public, 4 << 10, "Use a one-time link"},

	"sign-in-pin":   {"POST", "/api/session/pin", public, 4 << 10, "Sign in with a PIN, on a device that is enrolled"},
	"this-device":   {"GET", "/api/device", public, 0, "Who may sign in with a PIN on this device?"},
	"set-own-pin":   {"PUT", "/api/me/pin", akhra.ActOwnAccount, 4 << 10, "Choose one's own PIN"},
	"own-sessions":  {"GET", "/api/me/sessions", akhra.ActOwnAccount, 0, "Where one is signed in"},
	"end-session":   {"DELETE", "/api/me/sessions/{session}", akhra.ActOwnAccount, 0, "End one of one's own sessions"},
	"people":        {"GET", "/api/people", akhra.ActManagePeople, 0, "Everybody of the organisation"},
	"add-person":    {"POST", "/api/people/links", akhra.ActManagePeople, 4 << 10, "Make a one-time link for a new person, or for a new password"},
	"change-person": {"PATCH", "/api/people/{person}", akhra.ActManagePeople, 64 << 10, "Change a person's role, or the projects a client sees"},
	"remove-person": {"DELETE", "/api/people/{person}", akhra.ActManagePeople, 0, "Remove a person; her answers stay without her name"},
	"new-pin":       {"POST", "/api/people/{person}/pin", akhra.ActManagePeople, 0, "Make a new PIN for a person and unlock it; it is shown once"},
	"sessions-of":   {"GET", "/api/people/{person}/sessions", akhra.ActEndSessions, 0, "Where a person is signed in"},
	"end-sessions":  {"DELETE", "/api/people/{person}/sessions/{session}", akhra.ActEndSessions, 0, "End a session of a person"},
	"devices":       {"GET", "/api/devices", akhra.ActManagePeople, 0, "The devices that people share"},
	"put-device":    {"PUT", "/api/devices/{device}", akhra.ActManagePeople, 16 << 10, "Name a shared device and who signs in there with a PIN"},
	"enrol-device":  {"POST", "/api/devices/{device}/links", akhra.ActManagePeople, 0, "Make a one-time link that enrols the browser that opens it"},
	"remove-device": {"DELETE", "/api/devices/{device}", akhra.ActManagePeople, 0, "Forget a shared device"},

	"own-work":   {"GET", "/api/me/work", akhra.ActSeeOwnWork, 0, "What one did oneself, and how well"},
	"mismatches": {"GET", "/api/projects/{project}/mismatches", akhra.ActSeeOwnWork, 0, "Settled pictures on which one's own answer differs"},
	"appeal":     {"POST", "/api/projects/{project}/appeals", akhra.ActSeeOwnWork, 4 << 10, "Ask for a person to look again at one of them"},

	"projects":       {"GET", "/api/projects", akhra.ActListProjects, 0, "The projects"},
	"add-project":    {"POST", "/api/projects", akhra.ActManageProject, 0, "Create a project"},
	"ask-each":       {"POST", "/api/projects/{project}/family", akhra.ActManageProject, 0, "Ask about each class by itself, yes or no"},
	"export-family":  {"GET", "/api/projects/{project}/family", akhra.ActExport, 0, "What is known of every class of a family, as one CSV"},
	"project":        {"GET", "/api/projects/{project}", akhra.ActListProjects, 0, "One project"},
	"change-project": {"PATCH", "/api/projects/{project}", akhra.ActManageProject, 0, "Change name, question or rules"},
	"set-state":      {"PUT", "/api/projects/{project}/state", akhra.ActManageProject, 4 << 10, "Pause a project, archive it, remove it or bring it back"},
	"erase-project":  {"POST", "/api/projects/{project}/erase", akhra.ActEraseProject, 4 << 10, "Delete a project for good, as a job"},
	"promise-price":  {"GET", "/api/projects/{project}/promise", akhra.ActManageProject, 0, "What a promise would cost"},
	"class-uses":     {"GET", "/api/projects/{project}/classes", akhra.ActManageProject, 0, "What names each class, before one is merged, split or deleted"},
	"set-classes":    {"PUT", "/api/projects/{project}/classes", akhra.ActManageProject, 0, "Change the classes"},

	"guideline":             {"GET", "/api/projects/{project}/guideline", akhra.ActListProjects, 0, "What people are told before they answer, and its versions"},
	"set-guideline":         {"PUT", "/api/projects/{project}/guideline", akhra.ActManageProject, 256 << 10, "Store the next version of the guideline"},
	"read-guideline":        {"POST", "/api/projects/{project}/guideline/read", akhra.ActListProjects, 4 << 10, "Say that one was shown a version"},
	"add-guideline-picture": {"POST", "/api/projects/{project}/guideline/pictures", akhra.ActManageProject, maxPicture, "Bring a picture along for the guideline; it is encoded anew"},
	"guideline-picture":     {"GET", "/api/pictures/{project}/guideline/{drawing}", akhra.ActSeePictures, 0, "The bytes of such a picture"},

	"networks":    {"GET", "/api/networks", akhra.ActManageProject, 0, "The trained networks that projects may see their pictures with"},
	"add-network": {"POST", "/api/networks", akhra.ActOperateProcess, maxNetwork, "Add a trained network: an ONNX file"},

	"add-picture":  {"POST", "/api/projects/{project}/pictures", akhra.ActAddPictures, maxPicture, "Add one picture"},
	"add-zip":      {"POST", "/api/projects/{project}/zip", akhra.ActAddPictures, maxZip, "Add the pictures of a zip file"},
	"add-folder":   {"POST", "/api/projects/{project}/folder", akhra.ActAddPictures, 0, "Add a folder of the server's own disk; command line only"},
	"jobs":         {"GET", "/api/projects/{project}/jobs", akhra.ActSeeJobs, 0, "Long work and how far it is"},
	"cancel-job":   {"DELETE", "/api/projects/{project}/jobs/{job}", akhra.ActAddPictures, 0, "Stop a job"},
	"items":        {"GET", "/api/projects/{project}/items", akhra.ActBrowse, 0, "Find pictures and what is known of them"},
	"views":        {"GET", "/api/projects/{project}/views", akhra.ActBrowse, 0, "Searches that were given a name"},
	"put-view":     {"PUT", "/api/projects/{project}/views/{view}", akhra.ActBrowse, 64 << 10, "Give a search a name, for everybody of the project"},
	"remove-view":  {"DELETE", "/api/projects/{project}/views/{view}", akhra.ActBrowse, 0, "Take a named search away"},
	"batches":      {"GET", "/api/projects/{project}/batches", akhra.ActBrowse, 0, "The batches of a project and how far each is"},
	"put-batch":    {"PUT", "/api/projects/{project}/batches/{batch}", akhra.ActManageProject, 4 << 10, "Make a batch, or change its name, priority or overlap"},
	"remove-batch": {"DELETE", "/api/projects/{project}/batches/{batch}", akhra.ActManageProject, 0, "Take a batch without pictures away"},
	"change-items": {"POST", "/api/projects/{project}/changes", akhra.ActManageProject, 0, "Do something to many pictures"},
	"change":       {"GET", "/api/projects/{project}/changes/{change}", akhra.ActManageProject, 0, "How far that is"},
	"undo-change":  {"POST", "/api/projects/{project}/changes/{change}/undo", akhra.ActManageProject, 0, "Take it back"},
	"history":      {"GET", "/api/projects/{project}/items/{item}/history", akhra.ActBrowse, 0, "Everything that happened to one picture"},
	"item":         {"GET", "/api/projects/{project}/items/{item}", akhra.ActBrowse, 0, "One picture and what taught it this"},
	"similar":      {"GET", "/api/projects/{project}/items/{item}/similar", akhra.ActBrowse, 0, "The pictures that look most like one"},
	"set-gold":     {"PUT", "/api/projects/{project}/items/{item}/gold", akhra.ActSetGold, 4 << 10, "Make a picture's class a known answer"},
	"remove-gold":  {"DELETE", "/api/projects/{project}/items/{item}/gold", akhra.ActSetGold, 0, "Take a known answer away"},
	"reviews":      {"GET", "/api/projects/{project}/reviews", akhra.ActReview, 0, "Tasks people could not settle, the most pressing first"},
	"review":       {"GET", "/api/projects/{project}/reviews/{task}", akhra.ActReview, 0, "One of them, with all answers and nobody named"},
	"settle":       {"POST", "/api/projects/{project}/reviews", akhra.ActReview, 16 << 10, "Decide a task"},
	"doubles":      {"GET", "/api/projects/{project}/doubles", akhra.ActBrowse, 0, "Groups of nearly the same pictures, those with different classes first"},
	"suspects":     {"GET", "/api/projects/{project}/suspects", akhra.ActReview, 0, "Settled pictures whose class may be wrong, the likeliest first"},
	"ask-review":   {"POST", "/api/projects/{project}/suspects", akhra.ActReview, 4 << 10, "Send one of them to a person who looks again"},
	"picture":      {"GET", "/api/pictures/{project}/{item}/{side}", akhra.ActSeePictures, 0, "A picture's bytes, 320, 720 or 1440 pixels on the long side"},

	"add-table":   {"POST", "/api/projects/{project}/tables", akhra.ActAddPictures, maxTable, "Bring a CSV; nothing is taken in yet"},
	"look-table":  {"POST", "/api/projects/{project}/tables/{table}/look", akhra.ActAddPictures, 64 << 10, "What would become of it"},
	"take-table":  {"POST", "/api/projects/{project}/tables/{table}/take", akhra.ActAddPictures, 64 << 10, "Take it in as answers, consensus, gold or predictions, as a job"},
	"taking":      {"GET", "/api/projects/{project}/taking/{taking}", akhra.ActAddPictures, 0, "How far that job is, and what became of the table"},
	"taking-file": {"GET", "/api/projects/{project}/taking/{taking}/refused", akhra.ActAddPictures, 0, "The lines it refused, with reasons, as CSV"},

	"tokens":       {"GET", "/api/tokens", akhra.ActConnect, 0, "The programs that are let in"},
	"add-token":    {"POST", "/api/tokens", akhra.ActConnect, 4 << 10, "Let a program in; what it shows is told once"},
	"remove-token": {"DELETE", "/api/tokens/{token}", akhra.ActConnect, 0, "Shut a program out"},
	"hooks":        {"GET", "/api/hooks", akhra.ActConnect, 0, "The webhooks and their last deliveries"},
	"add-hook":     {"POST", "/api/hooks", akhra.ActConnect, 4 << 10, "Tell an address of events; the key that signs is told once"},
	"switch-hook":  {"PATCH", "/api/hooks/{hook}", akhra.ActConnect, 4 << 10, "Switch a webhook on or off"},
	"remove-hook":  {"DELETE", "/api/hooks/{hook}", akhra.ActConnect, 0, "Take a webhook away"},
	"test-hook":    {"POST", "/api/hooks/{hook}/test", akhra.ActConnect, 0, "Tell an address that this is a test"},

	"lease":        {"POST", "/api/projects/{project}/lease", akhra.ActAnnotate, 4 << 10, "Take tasks to answer"},
	"grid":         {"POST", "/api/projects/{project}/grid", akhra.ActAnnotate, 4 << 10, "Take pictures to confirm at once, that the model is sure show one class"},
	"sync":         {"POST", "/api/sync", akhra.ActAnnotate, maxJSON, "Send answers; each gets its own verdict"},
	"packs":        {"GET", "/api/projects/{project}/packs", akhra.ActAnnotate, 0, "One's own packs that are out"},
	"take-pack":    {"PUT", "/api/projects/{project}/packs/{pack}", akhra.ActAnnotate, 4 << 10, "Take a pack to work without a network, or fill it up"},
	"return-pack":  {"DELETE", "/api/projects/{project}/packs/{pack}", akhra.ActAnnotate, 0, "Give back what is not answered of a pack"},
	"bring-outbox": {"POST", "/api/outbox", akhra.ActBringAnswers, maxTable, "Bring in a file of answers that a device could not send"},
	"backups":      {"GET", "/api/backups", akhra.ActOperateProcess, 0, "When the last backup was made and verified"},
	"traffic":      {"GET", "/api/traffic", akhra.ActOperateProcess, 0, "What one answer and one picture cost people's lines"},

	"progress": {"GET", "/api/projects/{project}/progress", akhra.ActSeeProgress, 0, "How far the project is"},
	"explain":  {"GET", "/api/projects/{project}/explain", akhra.ActSeeProgress, 0, "What the model knows and why, for people who do not browse"},
	"events":   {"GET", "/api/projects/{project}/events", akhra.ActSeeProgress, 0, "Server-sent events: progress and job"},
	"skills":   {"GET", "/api/projects/{project}/skills", akhra.ActSeeSkills, 0, "The annotators of a project and how well they answer"},

	"people-table": {"GET", "/api/projects/{project}/people.csv", akhra.ActSeeSkills, 0, "The people of a project in figures, as CSV"},

	"export":       {"GET", "/api/projects/{project}/export", akhra.ActExport, 0, "Freeze a dataset and fetch it at once, or fetch the certificate"},
	"datasets":     {"GET", "/api/projects/{project}/datasets", akhra.ActExport, 0, "The frozen versions of what the project delivers"},
	"freeze":       {"POST", "/api/projects/{project}/datasets", akhra.ActExport, 16 << 10, "Freeze what the project delivers now, as a job"},
	"freezing":     {"GET", "/api/projects/{project}/freezing/{freezing}", akhra.ActExport, 0, "How far that job is"},
	"dataset":      {"GET", "/api/projects/{project}/datasets/{dataset}", akhra.ActExport, 0, "One frozen version and its card"},
	"dataset-file": {"GET", "/api/projects/{project}/datasets/{dataset}/file", akhra.ActExport, 0, "Its bytes, the same each time"},
	"dataset-card": {"GET", "/api/projects/{project}/datasets/{dataset}/card", akhra.ActExport, 0, "Its card as Markdown"},

	"export-model": {"GET", "/api/projects/{project}/model", akhra.ActExport, 0, "The taught model as one file, for akhra predict or as ONNX"},
}

func (o operation) bodyLimit() int64 {
	if o.limit == 0 {
		return maxJSON
	}
	return o.limit
}

// describe makes the OpenAPI operation, with who may call it as x-allow.
func (a *Door) describe(id string) huma.Operation {
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

// Register serves an operation through the framework: typed input, typed
// output, schema in the document.
func Register[I, O any](a *Door, id string, handler func(context.Context, *I) (*O, error)) {
	op := a.describe(id)
	op.Middlewares = huma.Middlewares{a.enforce(id)}
	huma.Register(a.framework, op, func(ctx context.Context, in *I) (*O, error) {
		began := time.Now()
		out, err := handler(ctx, in)
		a.measured(id, statusOf(err), began)
		if err != nil {
			return nil, a.Report(ctx, id, err)
		}
		return out, nil
	})
}

// Plain serves an operation without the framework's reflection: streams,
// uploads and the hot path. shape adds its schema to the document.
func (a *Door) Plain(id string, handler func(http.ResponseWriter, *http.Request) error, shape func(*huma.Operation)) {
	op := a.describe(id)
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	shape(&op)
	a.framework.OpenAPI().AddOperation(&op)
	a.Mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		c, err := a.admit(r, id)
		if err == nil {
			r.Body = http.MaxBytesReader(w, r.Body, op.MaxBodyBytes)
			r.Body, err = unpacked(w, r, op.MaxBodyBytes)
		}
		if err == nil {
			err = handler(w, r.WithContext(withCaller(r.Context(), c)))
		}
		if err != nil {
			Refuse(w, a.Report(r.Context(), id, err))
		}
		a.measured(id, statusOf(err), began)
	})
}

// enforce lets a request of an operation through only for a caller who may.
func (a *Door) enforce(id string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := unwrap(ctx)
		c, err := a.admit(r, id)
		if err != nil {
			a.measured(id, statusOf(err), time.Now())
			Refuse(w, a.Report(r.Context(), id, err))
			return
		}
		next(huma.WithContext(ctx, withCaller(ctx.Context(), c)))
	}
}

// admit finds who calls and whether she may. Default deny: an unknown role or
// act may nothing.
func (a *Door) admit(r *http.Request, id string) (*Caller, error) {
	o := operations[id]
	c, err := a.callerOf(r)
	if o.act == public {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	switch project := akhra.ProjectID(r.PathValue("project")); {
	case !akhra.May(c.User.Role, o.act):
		return nil, akhra.Errorf(akhra.Forbidden, "Your role does not allow this.")
	case c.Key != nil && !c.May(o.act):
		return nil, akhra.Errorf(akhra.Forbidden, "The token was not given this.")
	case !c.May(o.act):
		return nil, akhra.Errorf(akhra.Forbidden, "You signed in with a PIN. Please sign in with your password for this.")
	case project != "" && !c.Sees(project):
		return nil, akhra.Errorf(akhra.NotFound, "There is no such project.")
	case project != "":
		return c, a.open(r.Context(), c, project, id)
	}
	return c, nil
}

// whileArchived are the operations that change nothing of what a project holds.
var whileArchived = []string{"set-state", "erase-project", "freeze", "lease", "take-pack", "return-pack", "read-guideline"}

// open fails where a project is not to be changed any more, or not to be seen.
// A project that there is not is told by the operation itself.
func (a *Door) open(ctx context.Context, c *Caller, project akhra.ProjectID, id string) error {
	p, err := a.Known(ctx, c.Tenant(project))
	switch state := p.Project.State; {
	case akhra.CodeOf(err) == akhra.NotFound && state == akhra.ProjectErasing:
		return err
	case err != nil:
		return nil
	case state == akhra.ProjectRemoved && !akhra.May(c.User.Role, akhra.ActManageProject):
		return akhra.Errorf(akhra.NotFound, "There is no such project.")
	case !state.Changes() && operations[id].method != http.MethodGet && !slices.Contains(whileArchived, id):
		return akhra.Errorf(akhra.Conflict, "This project is archived and cannot be changed. Bring it back first.")
	}
	return nil
}

// Complete fails when an operation of the table is not served.
func (a *Door) Complete() error {
	for id := range operations {
		if !a.registered[id] {
			return fmt.Errorf("api: operation %s has no handler", id)
		}
	}
	return nil
}

// Acts lists the acts of the table that a caller may do.
func (c *Caller) Acts() []akhra.Act {
	acts := []akhra.Act{}
	for _, o := range operations {
		if c.May(o.act) && !slices.Contains(acts, o.act) {
			acts = append(acts, o.act)
		}
	}
	slices.Sort(acts)
	return acts
}
