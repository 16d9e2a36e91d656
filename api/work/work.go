package work

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/store"
	"akhra.dev/akhra/truth"
)

// How much of her own work an annotator sees at once.
const (
	workDays     = 14
	workProjects = 20
	mismatchPage = 12
	leastKnown   = 10 // answers on gold before their share is told
	leastPeople  = 5  // annotators before their average is told: of two it would tell the other's
)

// WorkView is what an annotator did, and how well.
type WorkView struct {
	Days     []DayView     `json:"days" doc:"The last 14, today last"`
	Projects []WorkProject `json:"projects" doc:"The one of her last answer first"`
}

// DayView is how many answers one day had.
type DayView struct {
	Day     string `json:"day" doc:"2026-11-25"`
	Answers int    `json:"answers"`
}

// WorkProject is her work in one project.
type WorkProject struct {
	ID        akhra.ProjectID   `json:"id"`
	Name      string            `json:"name"`
	Answers   int               `json:"answers"`
	NotSure   int               `json:"notSure"`
	Skips     int               `json:"skips"`
	Skill     *SkillView        `json:"skill" doc:"Null before the first estimate"`
	KnownOf10 *int              `json:"knownOf10" doc:"Of ten answers on gold, how many name its class; null while there are few. Exact numbers would tell which pictures are gold"`
	Average   *float64          `json:"average" doc:"Accuracy of all annotators, that of few answers is drawn towards it; null while they are fewer than five"`
	Drawn     int               `json:"drawn" doc:"As if so many more answers were as good as the average: accuracy is (agree + drawn*average) / (of + drawn)"`
	Labels    door.LabelSetView `json:"labels"`
}

// MismatchPage is settled pictures on which one's own answer differs, newest
// first.
type MismatchPage struct {
	Mismatches []MismatchView `json:"mismatches"`
	Next       string         `json:"next" doc:"Cursor of the next page, empty on the last"`
}

// MismatchView is one of them. How it was settled, and by whom, is not told.
type MismatchView struct {
	Task    akhra.TaskID      `json:"task"`
	Item    akhra.ItemID      `json:"item"`
	Thumb   string            `json:"thumb"`
	URL     string            `json:"url"`
	Said    akhra.ClassID     `json:"said"`
	Settled akhra.ClassID     `json:"settled"`
	Stored  akhra.Millis      `json:"stored"`
	Appeal  akhra.AppealState `json:"appeal" enum:",open,closed"`
}

// AppealBody asks for a person to look at a task again.
type AppealBody struct {
	Task akhra.TaskID `json:"task" maxLength:"40"`
}

func (a *room) routeWork() {
	type mine struct {
		Offset int `query:"offset" minimum:"-840" maximum:"840" doc:"Minutes her clock is ahead of UTC"`
	}
	door.Register(a.Door, "own-work", func(ctx context.Context, in *mine) (*door.Body[WorkView], error) {
		return door.Answer(a.ownWork(ctx, door.CallerIn(ctx), time.Duration(in.Offset)*time.Minute))
	})
	type list struct {
		door.InProject
		Cursor string `query:"cursor" maxLength:"40"`
		Limit  int    `query:"limit" minimum:"0" maximum:"200"`
	}
	door.Register(a.Door, "mismatches", func(ctx context.Context, in *list) (*door.Body[MismatchPage], error) {
		return door.Answer(a.mismatches(ctx, door.CallerIn(ctx), in.Project, in.Cursor, in.Limit))
	})
	type appeal struct {
		door.InProject
		Body AppealBody
	}
	door.Register(a.Door, "appeal", func(ctx context.Context, in *appeal) (*struct{}, error) {
		c := door.CallerIn(ctx)
		t := c.Tenant(in.Project)
		if _, err := a.Known(ctx, t); err != nil {
			return nil, err
		}
		return nil, a.DB.Appeal(ctx, t, c.User.ID, in.Body.Task)
	})
}

func (a *room) ownWork(ctx context.Context, c *door.Caller, ahead time.Duration) (WorkView, error) {
	out := WorkView{Projects: []WorkProject{}}
	var err error
	if out.Days, err = a.days(ctx, c, ahead); err != nil {
		return out, err
	}
	counts, err := a.DB.PerProject(ctx, c.User.Org, c.User.ID)
	if err != nil {
		return out, fmt.Errorf("count per project: %w", err)
	}
	for _, n := range counts[:min(len(counts), workProjects)] {
		v, err := a.workIn(ctx, c, n)
		if err != nil {
			return out, err
		}
		out.Projects = append(out.Projects, v)
	}
	return out, nil
}

// days counts her answers by the days of her clock.
func (a *room) days(ctx context.Context, c *door.Caller, ahead time.Duration) ([]DayView, error) {
	today := a.Now().UTC().Add(ahead).Truncate(24 * time.Hour)
	first := today.AddDate(0, 0, 1-workDays)
	steps, err := a.DB.Activity(ctx, c.User.Org, c.User.ID, akhra.MillisOf(first.Add(-ahead)))
	if err != nil {
		return nil, fmt.Errorf("count one's days: %w", err)
	}
	days := make([]DayView, workDays)
	for i := range days {
		days[i].Day = first.AddDate(0, 0, i).Format(time.DateOnly)
	}
	for _, s := range steps {
		if at := int(s.From.Time().Add(ahead).Sub(first) / (24 * time.Hour)); at >= 0 && at < workDays {
			days[at].Answers += s.Answers
		}
	}
	return days, nil
}

func (a *room) workIn(ctx context.Context, c *door.Caller, n store.ProjectCount) (WorkProject, error) {
	v := WorkProject{ID: n.Project, Name: n.Name, Answers: n.Answers, NotSure: n.NotSure, Skips: n.Skips}
	t := c.Tenant(n.Project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return v, err
	}
	v.Labels = door.ViewLabels(p.Labels)
	if v.Skill, err = a.skill(ctx, t, p, c.User.ID); err != nil {
		return v, err
	}
	if err := a.average(ctx, t, &v); err != nil {
		return v, err
	}
	right, of, err := a.DB.KnownScore(ctx, t, c.User.ID, knownOver)
	if err != nil {
		return v, fmt.Errorf("read answers on gold: %w", err)
	}
	if of >= leastKnown {
		ten := int(math.Round(10 * float64(right) / float64(of)))
		v.KnownOf10 = &ten
	}
	return v, nil
}

// average tells what her accuracy is drawn towards.
func (a *room) average(ctx context.Context, t akhra.Tenant, v *WorkProject) error {
	drawn, answers, people, err := a.DB.SkillSums(ctx, t, truth.Strength)
	if err != nil {
		return fmt.Errorf("read the average skill: %w", err)
	}
	v.Drawn = truth.Strength
	if people >= leastPeople {
		mean := truth.MeanAccuracy(drawn, answers, people)
		v.Average = &mean
	}
	return nil
}

func (a *room) mismatches(ctx context.Context, c *door.Caller, project akhra.ProjectID, cursor string, limit int) (MismatchPage, error) {
	t := c.Tenant(project)
	out := MismatchPage{Mismatches: []MismatchView{}}
	p, err := a.Known(ctx, t)
	if err != nil {
		return out, err
	}
	before, err := strconv.ParseInt("0"+cursor, 36, 64)
	if err != nil {
		return out, akhra.InvalidField("cursor", "This is not the cursor of a page.")
	}
	if limit == 0 {
		limit = mismatchPage
	}
	found, next, err := a.DB.Mismatches(ctx, t, c.User.ID, akhra.Seq(before), limit)
	if err != nil {
		return out, fmt.Errorf("read what differs: %w", err)
	}
	if next > 0 {
		out.Next = strconv.FormatInt(int64(next), 36)
	}
	for _, m := range found {
		if !p.Live[m.Said] || !p.Live[m.Settled] {
			continue // a class that is gone says nothing any more
		}
		out.Mismatches = append(out.Mismatches, MismatchView{Task: m.Task, Item: m.Item, Thumb: door.ThumbOf(t, m.Item), URL: door.PictureURL(project, m.Item, 2),
			Said: m.Said, Settled: m.Settled, Stored: m.Stored, Appeal: m.Appeal})
	}
	return out, nil
}
