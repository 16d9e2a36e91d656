package storetest

import (
	"context"
	"testing"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/store"
)

// Store is what the suite asks of a store.
type Store interface {
	People
	Doors
	Projects
	Items
	Queue
	Answers
	Truth
	Models
	Log
	Jobs
	NewID() string
}

// People are the persons of an organisation.
type People interface {
	EnsureOrg(ctx context.Context, name string) (akhra.Org, error)
	AddUser(ctx context.Context, u akhra.User) error
	Users(ctx context.Context, org akhra.OrgID) ([]akhra.User, error)
	User(ctx context.Context, org akhra.OrgID, id akhra.UserID) (akhra.User, error)
	UserByLogin(ctx context.Context, login string) (akhra.User, error)
	SetPassword(ctx context.Context, org akhra.OrgID, id akhra.UserID, hash string) error
	SetLanguage(ctx context.Context, org akhra.OrgID, id akhra.UserID, language string) error
}

// Doors are the ways in: links and sessions.
type Doors interface {
	AddLink(ctx context.Context, l akhra.Link) error
	Link(ctx context.Context, tokenHash string) (akhra.Link, error)
	TakeLink(ctx context.Context, tokenHash string, user *akhra.User) (akhra.User, error)
	AddSession(ctx context.Context, s akhra.Session) error
	Session(ctx context.Context, tokenHash string) (akhra.Session, akhra.User, error)
	EndSession(ctx context.Context, tokenHash string) error
}

// Projects are projects, their label sets and their figures.
type Projects interface {
	AddProject(ctx context.Context, t akhra.Tenant, p akhra.Project, l akhra.LabelSet) error
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	ProjectByName(ctx context.Context, org akhra.OrgID, name string) (akhra.Project, error)
	Projects(ctx context.Context, org akhra.OrgID) ([]akhra.Project, error)
	UpdateProject(ctx context.Context, t akhra.Tenant, p akhra.Project) error
	SetLabels(ctx context.Context, t akhra.Tenant, classes []akhra.Class) (akhra.LabelSet, error)
	Counts(ctx context.Context, t akhra.Tenant) (store.Counts, error)
	PerAnnotator(ctx context.Context, t akhra.Tenant) ([]store.AnnotatorCount, error)
}

// Items are pictures and the questions about them.
type Items interface {
	AddItems(ctx context.Context, t akhra.Tenant, items []akhra.Item) (added []bool, err error)
	Items(ctx context.Context, t akhra.Tenant, afterSeq int64, limit int) ([]akhra.Item, error)
	Item(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (akhra.Item, error)
	KnownBlob(ctx context.Context, t akhra.Tenant, hash string) (bool, error)
	Tasks(ctx context.Context, t akhra.Tenant, fn func(akhra.Task) error) error
	MarkAudit(ctx context.Context, t akhra.Tenant, tasks []akhra.TaskID) error
}

// Queue is leases.
type Queue interface {
	Lease(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error)
	ReleaseExpired(ctx context.Context, org akhra.OrgID, now akhra.Millis) (int, error)
	Leases(ctx context.Context, t akhra.Tenant, fn func(akhra.Assignment) error) error
}

// Answers are what people said.
type Answers interface {
	Submit(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, answers []akhra.Annotation) ([]akhra.Verdict, error)
	Annotations(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	Standing(ctx context.Context, t akhra.Tenant, fn func(akhra.Annotation) error) error
	Answered(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, items []akhra.ItemID) (map[akhra.ItemID]bool, error)
	Votes(ctx context.Context, t akhra.Tenant, fn func(akhra.Vote) error) error
	VotesOf(ctx context.Context, t akhra.Tenant, item akhra.ItemID) ([]akhra.Vote, error)
}

// Truth is what was inferred from the answers.
type Truth interface {
	PutConsensus(ctx context.Context, t akhra.Tenant, rows []akhra.Consensus) error
	Consensus(ctx context.Context, t akhra.Tenant, task akhra.TaskID) (akhra.Consensus, error)
	ConsensusOf(ctx context.Context, t akhra.Tenant, items []akhra.ItemID) (map[akhra.ItemID]akhra.Consensus, error)
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
	PutSkills(ctx context.Context, t akhra.Tenant, skills []akhra.Skill) error
	Skills(ctx context.Context, t akhra.Tenant) ([]akhra.Skill, error)
	Rows(ctx context.Context, t akhra.Tenant, fn func(akhra.Row) error) error
}

// Models are the taught versions of a project's model.
type Models interface {
	SwapModel(ctx context.Context, t akhra.Tenant, m akhra.Model, outOfFold []akhra.Prediction, point *akhra.CurvePoint) error
	Model(ctx context.Context, t akhra.Tenant) (akhra.Model, error)
	OutOfFold(ctx context.Context, t akhra.Tenant, version int64, fn func(akhra.Prediction) error) error
	Curve(ctx context.Context, t akhra.Tenant) ([]akhra.CurvePoint, error)
	PutBlind(ctx context.Context, t akhra.Tenant, blinds []akhra.Blind) error
	Blinds(ctx context.Context, t akhra.Tenant) ([]akhra.Blind, error)
	PutRecipe(ctx context.Context, t akhra.Tenant, blob string) (int64, error)
	Recipe(ctx context.Context, t akhra.Tenant) (blob string, version int64, err error)
}

// Log is the event log and the places of its readers.
type Log interface {
	Events(ctx context.Context, org akhra.OrgID, after akhra.Seq, limit int) ([]akhra.Event, error)
	Head(ctx context.Context, org akhra.OrgID) (akhra.Seq, error)
	Append(ctx context.Context, e akhra.Event) (akhra.Seq, error)
	Changed(org akhra.OrgID, after akhra.Seq) <-chan struct{}
	Cursor(ctx context.Context, org akhra.OrgID, consumer string) (akhra.Seq, error)
	SetCursor(ctx context.Context, org akhra.OrgID, consumer string, seq akhra.Seq) error
}

// Jobs are long pieces of work.
type Jobs interface {
	AddJob(ctx context.Context, t akhra.Tenant, j akhra.Job) error
	ClaimJob(ctx context.Context, leaseFor time.Duration) (akhra.Job, akhra.Tenant, error)
	BeatJob(ctx context.Context, t akhra.Tenant, id akhra.JobID, done, total int, note string) (cancel bool, err error)
	EndJob(ctx context.Context, t akhra.Tenant, id akhra.JobID, state akhra.JobState, note string) error
	CancelJob(ctx context.Context, t akhra.Tenant, id akhra.JobID) error
	Jobs(ctx context.Context, t akhra.Tenant) ([]akhra.Job, error)
}

// Run holds a store to the rules. Each rule opens a fresh store whose clock is
// the given one.
func Run(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	rules := map[string]func(*world){
		"people":  people,
		"doors":   doors,
		"project": projects,
		"items":   items,
		"queue":   queue,
		"answers": answers,
		"undo":    undo,
		"counts":  counts,
		"truth":   truth,
		"models":  models,
		"log":     eventLog,
		"jobs":    jobs,
		"tenants": tenants,
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			w := &world{T: t, clock: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)}
			w.Store = open(t, func() time.Time { return w.clock })
			rule(w)
		})
	}
}
