package work

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/store"
)

// How much of the people's work one page reads.
const (
	skillPage = 30
	paceOver  = 200  // last answers whose time counts
	knownOver = 1000 // last answers of one's own that are compared with gold
)

// When a skill is too unsure to be told: few answers, or a wide interval.
const (
	fewAnswers = 10
	wideChance = 0.3
)

// How much of a confusion matrix is told: of many classes, the largest rows and
// what was said most.
const (
	confusionRows = 60
	confusionSaid = 20
)

// SkillPage is the annotators of a project, most answers first.
type SkillPage struct {
	People []AnnotatorView   `json:"people"`
	Next   string            `json:"next" doc:"Cursor of the next page, empty on the last"`
	Labels door.LabelSetView `json:"labels"`
	Pooled bool              `json:"pooled" doc:"Answers carry no usable names, so nobody has a skill"`
	Whole  WholeView         `json:"whole"`
}

// WholeView is all people of a project together.
type WholeView struct {
	Items      int           `json:"items"`
	Done       int           `json:"done"`
	Review     int           `json:"review"`
	Left       int           `json:"left" doc:"Pictures that want answers"`
	Answers    int           `json:"answers"`
	PaceMillis akhra.Millis  `json:"paceMillis" doc:"Median time of an answer, within 4.5 %; 0 when none is known"`
	Hours      float64       `json:"hours" doc:"Sum over the people"`
	Agreement  AgreementView `json:"agreement"`
	Expected   float64       `json:"expected" doc:"Of ten pairs of answers, how many would say the same by chance"`
	Alpha      *float64      `json:"alpha" doc:"Krippendorff's alpha; null where it says nothing"`
	Known      KnownView     `json:"known"`
}

// AgreementView is how many answers another person's answer to the same
// picture is expected to repeat.
type AgreementView struct {
	Same float64 `json:"same"`
	Of   int     `json:"of" doc:"Answers to pictures that others answered too"`
}

// AnnotatorView is one annotator and how well she answers.
type AnnotatorView struct {
	ID         akhra.UserID   `json:"id"`
	Name       string         `json:"name"`
	Answers    int            `json:"answers" doc:"Standing ones, skips not counted"`
	NotSure    int            `json:"notSure"`
	Skips      int            `json:"skips"`
	PaceMillis akhra.Millis   `json:"paceMillis" doc:"Median time of her last 200 answers, 0 when none is known"`
	Left       int            `json:"left" doc:"Pictures that still want an answer of hers"`
	Hours      float64        `json:"hours" doc:"Quarters of an hour in which she answered"`
	Agreement  AgreementView  `json:"agreement"`
	Skill      *SkillView     `json:"skill" doc:"Null before the first estimate"`
	Known      KnownView      `json:"known"`
	Wrong      door.TakenView `json:"wrong" doc:"How many proposals that were wrong on purpose she accepted, since they were switched on"`
}

// KnownView is how many blind answers on gold name its class.
type KnownView struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// SkillView is an annotator's estimated reliability and what it comes from.
type SkillView struct {
	Accuracy  float64        `json:"accuracy" doc:"Share of right answers, drawn towards the average of all while there are few"`
	Low       float64        `json:"low" doc:"90 % interval of accuracy"`
	High      float64        `json:"high"`
	Few       bool           `json:"few" doc:"Too few answers to be sure"`
	Agree     float64        `json:"agree" doc:"Of the answers, how many are expected to name what the picture is"`
	Of        int            `json:"of" doc:"Answers that name a class"`
	Confusion []ConfusionRow `json:"confusion"`
}

// ConfusionRow is what an annotator said to pictures of one class, as expected
// numbers of answers.
type ConfusionRow struct {
	Class akhra.ClassID `json:"class" doc:"What the pictures are"`
	Of    float64       `json:"of"`
	Said  []SaidView    `json:"said" doc:"Most often first"`
}

// SaidView is one class that was said, and how often.
type SaidView struct {
	Class akhra.ClassID `json:"class"`
	Times float64       `json:"times"`
}

func (a *room) routeSkills() {
	type list struct {
		door.InProject
		Cursor string `query:"cursor" maxLength:"40"`
	}
	door.Register(a.Door, "skills", func(ctx context.Context, in *list) (*door.Body[SkillPage], error) {
		return door.Answer(a.skills(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Cursor))
	})
	a.Plain("people-table", a.peopleTable, door.Shapes(door.Params("path", "project"), door.BytesOut("text/csv")))
}

func (a *room) skills(ctx context.Context, t akhra.Tenant, cursor string) (SkillPage, error) {
	p, err := a.Known(ctx, t)
	if err != nil {
		return SkillPage{}, err
	}
	from, err := strconv.Atoi("0" + cursor)
	if err != nil {
		return SkillPage{}, akhra.InvalidField("cursor", "This is not the cursor of a page.")
	}
	people, err := a.DB.PerAnnotator(ctx, t)
	if err != nil {
		return SkillPage{}, fmt.Errorf("count per person: %w", err)
	}
	out := SkillPage{People: []AnnotatorView{}, Labels: door.ViewLabels(p.Labels), Pooled: p.Project.Settings.Pooled}
	to := min(from+skillPage, len(people))
	if to < len(people) {
		out.Next = strconv.Itoa(to)
	}
	all, err := a.together(ctx, t)
	if err != nil {
		return out, err
	}
	if out.Whole, err = a.wholeOf(ctx, t, all); err != nil {
		return out, err
	}
	for _, one := range people[min(from, to):to] {
		v, err := a.annotator(ctx, t, p, all, one)
		if err != nil {
			return out, err
		}
		out.People = append(out.People, v)
	}
	return out, nil
}

func (a *room) annotator(ctx context.Context, t akhra.Tenant, p door.KnownProject, all *together, n store.AnnotatorCount) (AnnotatorView, error) {
	v := AnnotatorView{ID: n.User, Name: n.Name, Answers: n.Answers, NotSure: n.NotSure, Skips: n.Skips,
		Hours: float64(all.quarters[n.User]) / 4, Agreement: viewAgreed(all.hers(n.User)), Wrong: door.ViewTaken(all.proposals.People[n.User])}
	v.Known = KnownView{Right: all.hers(n.User).Right, Of: all.hers(n.User).Known}
	var err error
	if _, v.Left, err = a.mine(ctx, t, n.User); err != nil {
		return v, err
	}
	if v.PaceMillis, err = a.DB.Pace(ctx, t, n.User, paceOver); err != nil {
		return v, fmt.Errorf("read the pace: %w", err)
	}
	v.Skill, err = a.skill(ctx, t, p, n.User)
	return v, err
}

// skill is what is known of one annotator, nil before the first estimate and
// where answers carry no names.
func (a *room) skill(ctx context.Context, t akhra.Tenant, p door.KnownProject, annotator akhra.UserID) (*SkillView, error) {
	s, err := a.DB.Skill(ctx, t, annotator)
	if akhra.CodeOf(err) == akhra.NotFound || p.Project.Settings.Pooled {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a skill: %w", err)
	}
	return viewSkill(s, p.Labels), nil
}

func viewSkill(s akhra.Skill, l akhra.LabelSet) *SkillView {
	v := &SkillView{Accuracy: s.Accuracy, Low: s.Low, High: s.High, Of: s.Answers, Confusion: []ConfusionRow{},
		Few: s.Answers < fewAnswers || s.High-s.Low > wideChance}
	var live []akhra.ClassID
	for _, c := range l.Classes {
		if !c.Deleted {
			live = append(live, c.ID)
		}
	}
	if len(s.Counts) != len(live)*len(live) {
		return v // of an older version of the classes
	}
	for k, class := range live {
		v.Agree += s.Counts[k*len(live)+k]
		if row := confusionRow(class, live, s.Counts[k*len(live):(k+1)*len(live)]); row.Of > 0 {
			v.Confusion = append(v.Confusion, row)
		}
	}
	v.Agree = tenth(v.Agree)
	if len(v.Confusion) > confusionRows {
		slices.SortStableFunc(v.Confusion, func(a, b ConfusionRow) int { return cmp.Compare(b.Of, a.Of) })
		v.Confusion = v.Confusion[:confusionRows]
	}
	return v
}

func confusionRow(class akhra.ClassID, live []akhra.ClassID, counts []float64) ConfusionRow {
	row := ConfusionRow{Class: class, Said: []SaidView{}}
	sum := 0.0
	for l, n := range counts {
		sum += n
		if tenth(n) > 0 {
			row.Said = append(row.Said, SaidView{live[l], tenth(n)})
		}
	}
	row.Of = tenth(sum)
	slices.SortStableFunc(row.Said, func(a, b SaidView) int { return cmp.Compare(b.Times, a.Times) })
	row.Said = row.Said[:min(len(row.Said), confusionSaid)]
	return row
}

// tenth rounds an expected number of answers: more digits would say more than
// is known.
func tenth(n float64) float64 { return math.Round(10*n) / 10 }
