package item

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// ReviewList is the tasks a reviewer may decide, the most pressing first.
type ReviewList struct {
	Left  int          `json:"left" doc:"How many there are; at most 1,000 are counted"`
	Tasks []ReviewTask `json:"tasks"`
}

// ReviewTask is one of them. What the model thinks of it is not told before.
type ReviewTask struct {
	Task  akhra.TaskID `json:"task"`
	Item  akhra.ItemID `json:"item"`
	Thumb string       `json:"thumb"`
	Asked bool         `json:"asked" doc:"Somebody asks for a person"`
}

// ReviewView is one task with its picture and what people answered, nobody
// named. Posteriors and the model's say are left out.
type ReviewView struct {
	ReviewTask
	Pictures map[string]string `json:"pictures" doc:"URL by long side"`
	Width    int               `json:"width"`
	Height   int               `json:"height"`
	Votes    []ReviewVote      `json:"votes"`
	Decided  *DecisionView     `json:"decided" doc:"The latest decision, null before the first"`
}

// ReviewVote is one answer. Person counts from 1 within the picture.
type ReviewVote struct {
	Person    int          `json:"person"`
	Answer    akhra.Answer `json:"answer"`
	Class     string       `json:"class" doc:"Name of the class"`
	Reason    string       `json:"reason,omitempty" doc:"Of a skip"`
	AfterSeen bool         `json:"afterSeen"`
}

// DecisionView is what a reviewer decided.
type DecisionView struct {
	Class  akhra.ClassID `json:"class"`
	Note   string        `json:"note"`
	Gold   bool          `json:"gold,omitempty" doc:"It made a known answer"`
	Stored akhra.Millis  `json:"stored"`
}

// SettleBody decides a task. The id is made by the page and makes the request
// safe to repeat; the latest decision of a task counts.
type SettleBody struct {
	ID    akhra.ReviewID `json:"id"`
	Task  akhra.TaskID   `json:"task"`
	Class akhra.ClassID  `json:"class"`
	Note  string         `json:"note,omitempty"`
	Gold  bool           `json:"gold,omitempty" doc:"The class is a known answer from now on"`
}

// SettledView is what the model thought, once the decision is stored.
type SettledView struct {
	Thought *door.ThoughtView `json:"thought"`
}

// reviewsShown is how many tasks a list has when none is asked for.
const reviewsShown = 50

func (a *room) routeReviews() {
	type list struct {
		door.InProject
		Limit int `query:"limit" minimum:"0" maximum:"200"`
	}
	door.Register(a.Door, "reviews", func(ctx context.Context, in *list) (*door.Body[ReviewList], error) {
		return door.Answer(a.reviews(ctx, door.CallerIn(ctx), in.Project, in.Limit))
	})
	type one struct {
		door.InProject
		Task akhra.TaskID `path:"task" maxLength:"40"`
	}
	door.Register(a.Door, "review", func(ctx context.Context, in *one) (*door.Body[ReviewView], error) {
		return door.Answer(a.review(ctx, door.CallerIn(ctx), in.Project, in.Task))
	})
	type settle struct {
		door.InProject
		Body SettleBody
	}
	door.Register(a.Door, "settle", func(ctx context.Context, in *settle) (*door.Body[SettledView], error) {
		return door.Answer(a.settle(ctx, door.CallerIn(ctx), in.Project, in.Body))
	})
}

func (a *room) reviews(ctx context.Context, c *door.Caller, project akhra.ProjectID, limit int) (ReviewList, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return ReviewList{}, err
	}
	all, err := a.Engine.Queue.Reviews(ctx, t, c.User.ID)
	if err != nil {
		return ReviewList{}, fmt.Errorf("list reviews: %w", err)
	}
	if limit == 0 {
		limit = reviewsShown
	}
	out := ReviewList{Left: len(all), Tasks: []ReviewTask{}}
	for _, s := range all[:min(limit, len(all))] {
		out.Tasks = append(out.Tasks, ReviewTask{Task: s.Task, Item: s.Item, Thumb: door.ThumbOf(t, s.Item), Asked: s.Why == akhra.WhyAppeal})
	}
	return out, nil
}

func (a *room) review(ctx context.Context, c *door.Caller, project akhra.ProjectID, id akhra.TaskID) (ReviewView, error) {
	t := c.Tenant(project)
	task, item, err := a.taskFor(ctx, c, t, id)
	if err != nil {
		return ReviewView{}, err
	}
	out := ReviewView{ReviewTask: ReviewTask{Task: id, Item: item.ID, Thumb: door.ThumbOf(t, item.ID)}, Pictures: door.PictureURLs(project, item.ID),
		Width: item.Width, Height: item.Height, Votes: []ReviewVote{}}
	votes, err := a.DB.VotesOf(ctx, t, item.ID)
	if err != nil {
		return out, fmt.Errorf("read answers: %w", err)
	}
	for _, v := range votes {
		if v.Round == task.Round {
			out.Votes = append(out.Votes, ReviewVote{Person: len(out.Votes) + 1, Answer: v.Answer, Class: v.Class, Reason: v.Reason, AfterSeen: v.AfterSeen})
		}
	}
	if out.Decided, err = a.decision(ctx, t, id); err != nil {
		return out, err
	}
	return out, a.Engine.Queue.Look(ctx, t, c.User.ID, id)
}

// taskFor finds a task and its picture for a reviewer; who answered it is told
// that somebody else decides.
func (a *room) taskFor(ctx context.Context, c *door.Caller, t akhra.Tenant, id akhra.TaskID) (akhra.Task, akhra.Item, error) {
	task, err := a.DB.Task(ctx, t, id)
	if err != nil {
		return task, akhra.Item{}, err
	}
	item, err := a.DB.Item(ctx, t, task.Item)
	if err != nil {
		return task, item, err
	}
	hers, err := a.DB.Answered(ctx, t, c.User.ID, []akhra.ItemID{item.ID})
	if err == nil && hers[item.ID] {
		err = akhra.Errorf(akhra.Conflict, "You answered this picture yourself. Somebody else decides it.")
	}
	return task, item, err
}

// decision is the latest review of a task, nil when it has none.
func (a *room) decision(ctx context.Context, t akhra.Tenant, task akhra.TaskID) (*DecisionView, error) {
	r, err := a.DB.ReviewOf(ctx, t, task)
	if akhra.CodeOf(err) == akhra.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a review: %w", err)
	}
	return &DecisionView{Class: r.Class, Note: r.Note, Gold: r.Gold, Stored: r.Created}, nil
}

func (a *room) settle(ctx context.Context, c *door.Caller, project akhra.ProjectID, in SettleBody) (SettledView, error) {
	t := c.Tenant(project)
	p, err := a.Known(ctx, t)
	if err != nil {
		return SettledView{}, err
	}
	task, err := a.DB.Task(ctx, t, in.Task)
	if err != nil {
		return SettledView{}, err
	}
	if !p.Live[in.Class] {
		return SettledView{}, akhra.InvalidField("class", "This class is no longer in the project.")
	}
	r := akhra.Review{ID: in.ID, Task: in.Task, Item: task.Item, Reviewer: c.User.ID, Class: in.Class, Note: in.Note, Gold: in.Gold}
	if err := a.DB.Settle(ctx, t, r); err != nil {
		return SettledView{}, fmt.Errorf("settle a task: %w", err)
	}
	if !p.Project.Settings.ShowModel {
		return SettledView{}, nil
	}
	return SettledView{Thought: a.Thought(ctx, t, task.Item)}, nil
}
