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
	Devices
	Projects
	Items
	Again
	Changes
	Batches
	Promises
	Queue
	Proposals
	Answers
	Truth
	Known
	Work
	Models
	Log
	Jobs
	Datasets
	Recorded
	Programs
	Guidelines
	Shares
	Erasing
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
	SetRole(ctx context.Context, org akhra.OrgID, id akhra.UserID, role akhra.Role, by akhra.UserID) error
	RemoveUser(ctx context.Context, org akhra.OrgID, id, by akhra.UserID) error
	Give(ctx context.Context, org akhra.OrgID, id akhra.UserID, projects []akhra.ProjectID, by akhra.UserID) error
	Given(ctx context.Context, org akhra.OrgID, id akhra.UserID) ([]akhra.ProjectID, error)
}

// Doors are the ways in: links and sessions.
type Doors interface {
	AddLink(ctx context.Context, l akhra.Link) error
	Link(ctx context.Context, tokenHash string) (akhra.Link, error)
	TakeLink(ctx context.Context, tokenHash string, user *akhra.User) (akhra.User, error)
	AddSession(ctx context.Context, s akhra.Session) error
	Session(ctx context.Context, tokenHash string) (akhra.Session, akhra.User, error)
	EndSession(ctx context.Context, tokenHash string) error
	Sessions(ctx context.Context, org akhra.OrgID, person akhra.UserID) ([]akhra.Session, error)
	EndSessionOf(ctx context.Context, org akhra.OrgID, person akhra.UserID, handle string) error
}

// Devices are shared browsers and the PINs people sign in with there.
type Devices interface {
	PutDevice(ctx context.Context, d akhra.Device, by akhra.UserID) error
	EnrolDevice(ctx context.Context, tokenHash, keyHash string) (akhra.Device, error)
	RemoveDevice(ctx context.Context, org akhra.OrgID, id akhra.DeviceID, by akhra.UserID) error
	Devices(ctx context.Context, org akhra.OrgID) ([]akhra.Device, error)
	DeviceByKey(ctx context.Context, keyHash string) (akhra.Device, error)
	SetPIN(ctx context.Context, org akhra.OrgID, id akhra.UserID, hash string) error
	ForgetPINs(ctx context.Context) error
	GuessPIN(ctx context.Context, d akhra.Device, id akhra.UserID) (akhra.User, error)
	RightPIN(ctx context.Context, d akhra.Device, id akhra.UserID) error
	LockedPINs(ctx context.Context, org akhra.OrgID) (map[akhra.UserID]bool, error)
}

// Projects are projects, their label sets and their figures.
type Projects interface {
	AddProject(ctx context.Context, t akhra.Tenant, p akhra.Project, l akhra.LabelSet) error
	Project(ctx context.Context, t akhra.Tenant) (akhra.Project, akhra.LabelSet, error)
	ProjectByName(ctx context.Context, org akhra.OrgID, name string) (akhra.Project, error)
	Projects(ctx context.Context, org akhra.OrgID) ([]akhra.Project, error)
	SetProjectState(ctx context.Context, t akhra.Tenant, state akhra.ProjectState, by akhra.UserID) error
	UpdateProject(ctx context.Context, t akhra.Tenant, p akhra.Project) error
	SetLabels(ctx context.Context, t akhra.Tenant, classes []akhra.Class) (akhra.LabelSet, error)
	Counts(ctx context.Context, t akhra.Tenant) (store.Counts, error)
	PerAnnotator(ctx context.Context, t akhra.Tenant) ([]store.AnnotatorCount, error)
	AskEach(ctx context.Context, t akhra.Tenant, projects []akhra.Project, labels []akhra.LabelSet) error
	Family(ctx context.Context, org akhra.OrgID, family string) ([]akhra.Project, error)
}

// Items are pictures and the questions about them.
type Items interface {
	AddItems(ctx context.Context, t akhra.Tenant, items []akhra.Item) (added []bool, err error)
	Items(ctx context.Context, t akhra.Tenant, afterSeq int64, limit int) ([]akhra.Item, error)
	Item(ctx context.Context, t akhra.Tenant, id akhra.ItemID) (akhra.Item, error)
	Sizes(ctx context.Context, t akhra.Tenant, ids []akhra.ItemID) (map[akhra.ItemID]akhra.Size, error)
	KnownBlob(ctx context.Context, t akhra.Tenant, hash string) (bool, error)
	Task(ctx context.Context, t akhra.Tenant, id akhra.TaskID) (akhra.Task, error)
	Tasks(ctx context.Context, t akhra.Tenant, fn func(akhra.Task) error) error
	Entries(ctx context.Context, t akhra.Tenant, after, last int64, fn func(akhra.Entry) error) error
}

// Again is what is asked anew, taken out and brought back.
type Again interface {
	Reask(ctx context.Context, t akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (asked []akhra.ItemID, err error)
	Withdraw(ctx context.Context, t akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (done []akhra.ItemID, err error)
	Remove(ctx context.Context, t akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (done []akhra.ItemID, err error)
	Restore(ctx context.Context, t akhra.Tenant, items []akhra.ItemID, by akhra.UserID) (done []akhra.ItemID, err error)
	Removed(ctx context.Context, t akhra.Tenant, limit int) ([]akhra.Item, error)
	History(ctx context.Context, t akhra.Tenant, item akhra.ItemID) ([]akhra.Happening, error)
}

// Changes are what is done to many pictures at once, and named searches.
type Changes interface {
	AddChange(ctx context.Context, t akhra.Tenant, c akhra.Change) (fresh bool, err error)
	PlanChange(ctx context.Context, t akhra.Tenant, id akhra.ChangeID, items []akhra.ItemID, last bool) error
	DoChange(ctx context.Context, t akhra.Tenant, id akhra.ChangeID, n int) (akhra.Changed, error)
	UndoChange(ctx context.Context, t akhra.Tenant, id akhra.ChangeID, n int) (akhra.Changed, error)
	Change(ctx context.Context, t akhra.Tenant, id akhra.ChangeID) (akhra.Change, akhra.Changed, error)
	PutView(ctx context.Context, t akhra.Tenant, v akhra.View) error
	RemoveView(ctx context.Context, t akhra.Tenant, id akhra.ViewID, by akhra.UserID) error
	Views(ctx context.Context, t akhra.Tenant) ([]akhra.View, error)
}

// Promises are what is promised of the pictures, and what was accepted for it.
type Promises interface {
	Promises(ctx context.Context, t akhra.Tenant) ([]akhra.Promise, error)
	DrawAudit(ctx context.Context, t akhra.Tenant, promises []akhra.Promise, audit, free []akhra.TaskID) error
	StoreLook(ctx context.Context, t akhra.Tenant, p akhra.Promise, accepted []akhra.Accepted) error
	Accepted(ctx context.Context, t akhra.Tenant, fn func(akhra.Accepted) error) error
}

// Queue is leases.
type Queue interface {
	TakePack(ctx context.Context, t akhra.Tenant, p akhra.Pack, places []akhra.Slot) ([]akhra.Assignment, error)
	ReturnPack(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, id akhra.PackID) ([]akhra.Assignment, error)
	Packs(ctx context.Context, t akhra.Tenant, annotator akhra.UserID) ([]akhra.Pack, error)
	Bring(ctx context.Context, t akhra.Tenant, by, annotator akhra.UserID, answers []akhra.Annotation) ([]akhra.Verdict, error)
	Lease(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int, until akhra.Millis, places []akhra.Slot) ([]akhra.Assignment, error)
	ReleaseExpired(ctx context.Context, org akhra.OrgID, now akhra.Millis) (int, error)
	Leases(ctx context.Context, t akhra.Tenant, fn func(akhra.Assignment) error) error
	Asked(ctx context.Context, t akhra.Tenant, fn func(akhra.ItemID, akhra.Why) error) error
}

// Proposals are what people were shown of the model's opinion, or what was kept
// back from them.
type Proposals interface {
	BlindProposals(ctx context.Context, t akhra.Tenant, after akhra.Seq, fn func(akhra.Blind) error) error
	Plants(ctx context.Context, t akhra.Tenant) ([]akhra.Plant, error)
	OpenGrid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, until akhra.Millis) (tiles []akhra.Assignment, first int, err error)
	TakeGrid(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, until akhra.Millis, tiles, blind []akhra.Slot) ([]akhra.Assignment, error)
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
	Consensus(ctx context.Context, t akhra.Tenant, tasks []akhra.TaskID, fn func(akhra.Consensus) error) error
	ConsensusOf(ctx context.Context, t akhra.Tenant, items []akhra.ItemID) (map[akhra.ItemID]akhra.Consensus, error)
	AllConsensus(ctx context.Context, t akhra.Tenant, fn func(akhra.Consensus) error) error
	PutFigures(ctx context.Context, t akhra.Tenant, people []akhra.Figures, all bool) error
	Figures(ctx context.Context, t akhra.Tenant) ([]akhra.Figures, error)
	PutSkills(ctx context.Context, t akhra.Tenant, skills []akhra.Skill) error
	Skills(ctx context.Context, t akhra.Tenant) ([]akhra.Skill, error)
	Rows(ctx context.Context, t akhra.Tenant, fn func(akhra.Row) error) error
}

// Known is what people with the right to say so decided: gold and reviews.
type Known interface {
	SetGold(ctx context.Context, t akhra.Tenant, rows []akhra.Gold) error
	RemoveGold(ctx context.Context, t akhra.Tenant, item akhra.ItemID, by akhra.UserID) error
	Gold(ctx context.Context, t akhra.Tenant, fn func(akhra.Gold) error) error
	GoldUses(ctx context.Context, t akhra.Tenant) (map[akhra.ClassID]int, error)
	GoldOf(ctx context.Context, t akhra.Tenant, items []akhra.ItemID) (map[akhra.ItemID]akhra.Gold, error)
	GoldFor(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int) ([]akhra.Slot, error)
	Settle(ctx context.Context, t akhra.Tenant, r akhra.Review) error
	Reviews(ctx context.Context, t akhra.Tenant, fn func(akhra.Review) error) error
	ReviewOf(ctx context.Context, t akhra.Tenant, task akhra.TaskID) (akhra.Review, error)
	AskReview(ctx context.Context, t akhra.Tenant, by akhra.UserID, task akhra.TaskID) error
	Reviewable(ctx context.Context, t akhra.Tenant, reviewer akhra.UserID, tasks []akhra.TaskID) (map[akhra.TaskID]bool, error)
}

// Work is what an annotator sees of her own answers, and her appeals.
type Work interface {
	PerProject(ctx context.Context, org akhra.OrgID, annotator akhra.UserID) ([]store.ProjectCount, error)
	Activity(ctx context.Context, org akhra.OrgID, annotator akhra.UserID, since akhra.Millis) ([]akhra.Activity, error)
	Pace(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int) (akhra.Millis, error)
	Skill(ctx context.Context, t akhra.Tenant, annotator akhra.UserID) (akhra.Skill, error)
	SkillSums(ctx context.Context, t akhra.Tenant, start float64) (drawn float64, answers, annotators int, err error)
	KnownScore(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, n int) (right, of int, err error)
	Mismatches(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, before akhra.Seq, limit int) ([]akhra.Mismatch, akhra.Seq, error)
	Appeal(ctx context.Context, t akhra.Tenant, annotator akhra.UserID, task akhra.TaskID) error
	Appeals(ctx context.Context, t akhra.Tenant, fn func(akhra.Appeal) error) error
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
	AddBackbone(ctx context.Context, b akhra.Backbone) error
	Backbone(ctx context.Context, org akhra.OrgID, name string) (akhra.Backbone, error)
	Backbones(ctx context.Context, org akhra.OrgID) ([]akhra.Backbone, error)
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
	ClaimJob(ctx context.Context, leaseFor time.Duration, kinds ...string) (akhra.Job, akhra.Tenant, error)
	BeatJob(ctx context.Context, t akhra.Tenant, id akhra.JobID, done, total int, note string) (cancel bool, err error)
	EndJob(ctx context.Context, t akhra.Tenant, id akhra.JobID, state akhra.JobState, note string) error
	CancelJob(ctx context.Context, t akhra.Tenant, id akhra.JobID) error
	Jobs(ctx context.Context, t akhra.Tenant) ([]akhra.Job, error)
	JobCounts(ctx context.Context, org akhra.OrgID) (waiting, running int, err error)
}

// Datasets are the frozen versions of what projects deliver.
type Datasets interface {
	AddDataset(ctx context.Context, t akhra.Tenant, d akhra.Dataset) (akhra.Dataset, error)
	Datasets(ctx context.Context, t akhra.Tenant) ([]akhra.Dataset, error)
	Dataset(ctx context.Context, t akhra.Tenant, id akhra.DatasetID) (akhra.Dataset, error)
}

// Recorded are tables from elsewhere and what they say.
type Recorded interface {
	AddTable(ctx context.Context, t akhra.Tenant, table akhra.Table) error
	Table(ctx context.Context, t akhra.Tenant, id akhra.TableID) (akhra.Table, error)
	ImportAnswers(ctx context.Context, t akhra.Tenant, rows []akhra.Recorded) ([]akhra.Verdict, error)
	ImportDecisions(ctx context.Context, t akhra.Tenant, by akhra.UserID, rows []akhra.Recorded) ([]akhra.Verdict, error)
	ImportSays(ctx context.Context, t akhra.Tenant, source string, rows []akhra.Recorded) ([]akhra.Verdict, error)
	OtherSays(ctx context.Context, t akhra.Tenant, item akhra.ItemID) ([]akhra.OtherSay, error)
}

// Programs are the tokens they come by and the addresses that are told.
type Programs interface {
	AddToken(ctx context.Context, token akhra.Token) error
	Tokens(ctx context.Context, org akhra.OrgID) ([]akhra.Token, error)
	Token(ctx context.Context, hash string) (akhra.Token, error)
	UseToken(ctx context.Context, org akhra.OrgID, id akhra.TokenID) error
	RemoveToken(ctx context.Context, org akhra.OrgID, id akhra.TokenID, by akhra.UserID) (hash string, err error)
	AddHook(ctx context.Context, h akhra.Hook) error
	Hooks(ctx context.Context, org akhra.OrgID) ([]akhra.Hook, error)
	SwitchHook(ctx context.Context, org akhra.OrgID, id akhra.HookID, on bool, by akhra.UserID) error
	RemoveHook(ctx context.Context, org akhra.OrgID, id akhra.HookID, by akhra.UserID) error
	HookTold(ctx context.Context, h akhra.Hook, d *akhra.Delivery) error
	Deliveries(ctx context.Context, org akhra.OrgID, id akhra.HookID) ([]akhra.Delivery, error)
}

// Run holds a store to the rules. Each rule opens a fresh store whose clock is
// the given one.
func Run(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	rules := map[string]func(*world){
		"people":  people,
		"doors":   doors,
		"owners":  owners,
		"former":  former,
		"given":   given,
		"session": sessions,
		"devices": devices,
		"pins":    pins,
		"project": projects,
		"relabel": relabels,
		"heirs":   heirs,
		"items":   items,
		"family":  families,
		"queue":   queue,
		"packs":   packs,
		"answers": answers,
		"undo":    undo,
		"counts":  counts,
		"truth":   truth,
		"judged":  judged,
		"figures": figures,
		"gold":    gold,
		"rotate":  rotation,
		"review":  reviews,
		"second":  reviewable,
		"work":    work,
		"differ":  mismatches,
		"appeals": appeals, "asked reviews": askedReviews,
		"known":                    known,
		"history":                  history,
		"models":                   models,
		"network":                  backbones,
		"log":                      eventLog,
		"newest events of the log": newestEvents,
		"jobs":                     jobs,
		"promise":                  promises,
		"asked":                    asked,
		"shown":                    shown,
		"unshown":                  unshown,
		"plants":                   plants,
		"grid":                     grid,
		"reasks":                   reasks,
		"removals":                 removals,
		"changes":                  changes,
		"views":                    views,
		"batches":                  batches,
		"batched":                  batchedItems,
		"shared":                   batchedFamily,
		"tenants":                  tenants,
		"freeze":                   datasets,
		"recorded":                 recordedAnswers,
		"decided":                  recordedDecisions,
		"others":                   otherSays,
		"tables":                   tables,
		"tokens":                   tokens,
		"hooks":                    hooks,
		"guide":                    guidelines,
		"shares":                   shares,
		"states":                   states,
		"erasing":                  erasing,
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			w := &world{T: t, clock: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)}
			w.Store = open(t, func() time.Time { return w.clock })
			rule(w)
		})
	}
}
