package project

import (
	"context"
	"fmt"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/consensus"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/portrait"
	"akhra.dev/akhra/store"
)

// activeFor is how recent an answer makes a person count as working now.
const activeFor = 2 * time.Minute

// ProgressView is how far a project is and what its model knows.
type ProgressView struct {
	Answers           int                `json:"answers"`
	Items             int                `json:"items"`
	AnswersPerPicture float64            `json:"answersPerPicture" doc:"All answers divided by all pictures"`
	Estimate          *EstimateView      `json:"estimate" doc:"Null while there are too few answers drawn at random"`
	Certified         *CertifiedView     `json:"certified" doc:"Null until a promise was proved"`
	Promise           *PromiseView       `json:"promise" doc:"Null when none is chosen, and for those who may not take data away"`
	Curve             []akhra.CurvePoint `json:"curve"`
	Classes           []ClassView        `json:"classes"`
	Pairs             []PairView         `json:"pairs"`
	Next              []NextView         `json:"next"`
	People            []PersonAtWork     `json:"people"`
	Model             ModelView          `json:"model"`
	Labels            door.LabelSetView  `json:"labels"`
	Counts            CountsView         `json:"counts"`
	Proposals         *ProposalsView     `json:"proposals" doc:"Null for those who do not lead"`
	Notices           []consensus.Notice `json:"notices" doc:"What to know about how people are judged: collapsed, hasty, mistaken, pilot; empty for those who do not lead"`
}

// EstimateView is how often the model foresaw answers drawn at random, with
// the 95 % interval of the share.
type EstimateView struct {
	Right int     `json:"right"`
	Of    int     `json:"of"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// CertifiedView is a proved promise: at most Wrong of the delivered classes
// are wrong, with the given confidence.
type CertifiedView struct {
	Wrong      float64 `json:"wrong"`
	Confidence float64 `json:"confidence"`
	Delivered  int     `json:"delivered" doc:"Pictures it speaks of"`
	By         string  `json:"by" doc:"Who alone answered the pictures drawn at random: the classes are right as she tags them; empty for several people"`
}

// ClassView is how well one class is known.
type ClassView struct {
	ID        akhra.ClassID `json:"id"`
	Right     int           `json:"right"`
	Of        int           `json:"of"`
	Words     string        `json:"words" enum:"ok,few"`
	TaughtBy  int           `json:"taughtBy"`
	Yours     int           `json:"yours"`
	StillAsks int           `json:"stillAsks"`
}

// PairView is two classes that get mixed up, with an example each.
type PairView struct {
	A     akhra.ClassID `json:"a"`
	B     akhra.ClassID `json:"b"`
	Times int           `json:"times"`
	ItemA string        `json:"itemA" doc:"URL of a picture, empty when there is none"`
	ItemB string        `json:"itemB"`
}

// NextView is a question that comes next and why.
type NextView struct {
	Item  akhra.ItemID  `json:"item"`
	Thumb string        `json:"thumb"`
	Why   akhra.Why     `json:"why"`
	A     akhra.ClassID `json:"a"`
	B     akhra.ClassID `json:"b"`
}

// PersonAtWork is one person's share of the answers.
type PersonAtWork struct {
	Name    string `json:"name"`
	Answers int    `json:"answers"`
	Now     bool   `json:"now" doc:"Answered within the last two minutes"`
}

// ModelView is the model in force.
type ModelView struct {
	Version  int64 `json:"version"`
	Taught   int   `json:"taught"`
	Training bool  `json:"training"`
}

func (a *room) routeProgress() {
	door.Register(a.Door, "progress", func(ctx context.Context, in *door.InProject) (*door.Body[ProgressView], error) {
		return door.Answer(a.progress(ctx, door.CallerIn(ctx), in.Project))
	})
}

func (a *room) progress(ctx context.Context, c *door.Caller, project akhra.ProjectID) (ProgressView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return ProgressView{}, err
	}
	if akhra.May(c.User.Role, akhra.ActBrowse) {
		a.Engine.Catalogue.Warm(ctx, t) // she may look at the pictures next
	}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return ProgressView{}, fmt.Errorf("count a project: %w", err)
	}
	report, err := a.report(ctx, t, n.Items)
	if err != nil {
		return ProgressView{}, fmt.Errorf("read the report card: %w", err)
	}
	people, err := a.DB.PerAnnotator(ctx, t)
	if err != nil {
		return ProgressView{}, fmt.Errorf("count per person: %w", err)
	}
	mine, err := a.saidBy(ctx, t, p.Labels, c.User.ID)
	if err != nil {
		return ProgressView{}, err
	}
	v := ProgressView{Answers: n.Answers, Items: n.Items, Curve: report.Curve, Estimate: viewEstimate(report.Estimate),
		Classes: viewClasses(report.Classes, mine), Pairs: viewPairs(t, report.Pairs), Next: viewNext(c, t, report.Next),
		People: a.viewPeople(c, people), Model: ModelView{report.Version, report.Taught, report.Training},
		Labels: door.ViewLabels(p.Labels), Counts: viewCounts(n), Notices: []consensus.Notice{}}
	if v.Promise, v.Certified, err = a.viewPromise(ctx, t); err != nil {
		return ProgressView{}, err
	}
	if !akhra.May(c.User.Role, akhra.ActExport) {
		v.Promise = nil
		if v.Certified != nil {
			v.Certified.By = ""
		}
	}
	if akhra.May(c.User.Role, akhra.ActManageProject) {
		v.Notices = append(v.Notices, a.Engine.Consensus.Notices(t)...)
		if v.Proposals, err = a.viewProposals(ctx, t); err != nil {
			return ProgressView{}, err
		}
	}
	if v.Curve == nil {
		v.Curve = []akhra.CurvePoint{}
	}
	if n.Items > 0 {
		v.AnswersPerPicture = float64(n.Answers) / float64(n.Items)
	}
	return v, nil
}

// manyPictures make a report card dear: it looks at each.
const manyPictures = 10_000

// report is the report card; that of many pictures is made once for all who
// look at the moment.
func (a *room) report(ctx context.Context, t akhra.Tenant, pictures int) (portrait.Report, error) {
	if pictures < manyPictures {
		return a.Engine.Portrait.ReportCard(ctx, t)
	}
	return a.reports.Get(t, func() (portrait.Report, error) { return a.Engine.Portrait.ReportCard(ctx, t) })
}

// saidBy counts a person's answers by class; while the figures of new classes
// are not there yet it counts none.
func (a *room) saidBy(ctx context.Context, t akhra.Tenant, l akhra.LabelSet, who akhra.UserID) (map[akhra.ClassID]int, error) {
	f, err := a.Engine.Consensus.FiguresOf(ctx, t, who)
	if err != nil {
		return nil, fmt.Errorf("read one's own figures: %w", err)
	}
	said := map[akhra.ClassID]int{}
	if live := l.Live(); f.Version == l.Version {
		for i, n := range f.Said {
			said[live[i]] = n
		}
	}
	return said, nil
}

func viewCounts(n store.Counts) CountsView {
	return CountsView{Items: n.Items, Answers: n.Answers, Done: n.Done, Review: n.Review, Open: n.Open, Annotators: n.Annotators}
}

func viewEstimate(e *loop.Estimate) *EstimateView {
	if e == nil {
		return nil
	}
	return &EstimateView{e.Right, e.Of, e.Low, e.High}
}

func viewClasses(reports []portrait.ClassReport, mine map[akhra.ClassID]int) []ClassView {
	out := make([]ClassView, 0, len(reports))
	for _, r := range reports {
		words := "ok"
		if r.Few {
			words = "few"
		}
		out = append(out, ClassView{ID: r.Class, Right: r.Right, Of: r.Of, Words: words, TaughtBy: r.TaughtBy, Yours: min(mine[r.Class], r.TaughtBy), StillAsks: r.StillAsks})
	}
	return out
}

func viewPairs(t akhra.Tenant, pairs []portrait.Pair) []PairView {
	out := make([]PairView, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, PairView{A: p.A, B: p.B, Times: p.Times, ItemA: door.ThumbOf(t, p.ItemA), ItemB: door.ThumbOf(t, p.ItemB)})
	}
	return out
}

// viewNext says what is asked next, except to those who only answer: what the
// model thinks of a picture stays hidden until they have.
func viewNext(c *door.Caller, t akhra.Tenant, asks []portrait.Ask) []NextView {
	out := []NextView{}
	if !akhra.May(c.User.Role, akhra.ActBrowse) {
		return out
	}
	for _, ask := range asks {
		why := ask.Why
		if why == akhra.WhyAudit || why == akhra.WhyGold {
			why = akhra.WhyRandom
		}
		out = append(out, NextView{Item: ask.Item, Thumb: door.ThumbOf(t, ask.Item), Why: why, A: ask.A, B: ask.B})
	}
	return out
}

// viewPeople names the people at work to those who lead them; a client sees
// nobody, an annotator herself.
func (a *room) viewPeople(c *door.Caller, people []store.AnnotatorCount) []PersonAtWork {
	out := []PersonAtWork{}
	recent := akhra.MillisOf(a.Now().Add(-activeFor))
	leads := akhra.May(c.User.Role, akhra.ActManageProject) || c.User.Role == akhra.Reviewer
	for _, p := range people {
		if leads || (p.User == c.User.ID && c.User.Role != akhra.Client) {
			out = append(out, PersonAtWork{Name: p.Name, Answers: p.Answers, Now: p.Last > recent})
		}
	}
	return out
}
