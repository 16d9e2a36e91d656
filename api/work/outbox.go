package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// Limits of a file of answers.
const (
	maxBrought = 50_000 // answers
	maxReasons = 20     // refusals that are told one by one
)

// OutboxFile is what a device writes when its answers cannot be sent: those of
// one person, in the order she gave them. Unknown fields are ignored.
type OutboxFile struct {
	V       int          `json:"v" doc:"Version of this form, 1"`
	Person  akhra.UserID `json:"person" doc:"Who gave the answers"`
	Answers []Saved      `json:"answers"`
	_       struct{}     `json:"-" additionalProperties:"true"`
}

// Saved is one answer in the file.
type Saved struct {
	Project akhra.ProjectID  `json:"project"`
	Answer  akhra.Annotation `json:"answer"`
}

// Brought is what became of the answers of a file.
type Brought struct {
	Person    string          `json:"person" doc:"Whose they are"`
	Stored    int             `json:"stored"`
	Duplicate int             `json:"duplicate" doc:"Were there already"`
	Refused   int             `json:"refused"`
	Reasons   []RefusedAnswer `json:"reasons" doc:"The first 20 refusals"`
}

// RefusedAnswer is one answer that was not taken, and why.
type RefusedAnswer struct {
	ID     akhra.AnnotationID `json:"id"`
	Reason string             `json:"reason"`
}

func (a *room) routeOutbox() {
	a.Plain("bring-outbox", a.bring, door.Shapes(door.Takes[OutboxFile](a.Door), door.Answers[Brought](a.Door)))
}

// bring stores the answers of a file under the name of who gave them. Bringing
// a file twice, or sending from the device what a file brought, changes nothing.
func (a *room) bring(w http.ResponseWriter, r *http.Request) error {
	in, err := readOutbox(r)
	if err != nil {
		return err
	}
	c := door.CallerIn(r.Context())
	out := Brought{Reasons: []RefusedAnswer{}}
	if out.Person, err = a.nameOf(r.Context(), c, in.Person); err != nil {
		return err
	}
	for len(in.Answers) > 0 {
		n := 1
		for n < len(in.Answers) && n < akhra.MaxSyncBatch && in.Answers[n].Project == in.Answers[0].Project {
			n++
		}
		if err := a.bringSome(r.Context(), c, in.Person, in.Answers[:n], &out); err != nil {
			return err
		}
		in.Answers = in.Answers[n:]
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, out)
	return nil
}

func readOutbox(r *http.Request) (OutboxFile, error) {
	var in OutboxFile
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return in, err
		}
		return in, akhra.Errorf(akhra.Invalid, "This is not a file of saved answers, or it is damaged. Save the answers on the device once more.")
	}
	if in.V != 1 {
		return in, akhra.InvalidField("v", "This file was written by another version. Load the page on the device again and save the answers once more.")
	}
	if len(in.Answers) > maxBrought {
		return in, akhra.Errorf(akhra.TooLarge, "A file may hold at most %d answers.", maxBrought)
	}
	return in, nil
}

func (a *room) nameOf(ctx context.Context, c *door.Caller, person akhra.UserID) (string, error) {
	users, err := a.DB.Users(ctx, c.User.Org)
	if err != nil {
		return "", fmt.Errorf("read people: %w", err)
	}
	at := slices.IndexFunc(users, func(u akhra.User) bool { return u.ID == person })
	if at < 0 {
		return "", akhra.Errorf(akhra.NotFound, "Nobody here gave these answers. They belong to another installation.")
	}
	return users[at].Name, nil
}

// bringSome stores answers of one project; a project that there is not refuses
// them, and the others go on.
func (a *room) bringSome(ctx context.Context, c *door.Caller, person akhra.UserID, saved []Saved, out *Brought) error {
	t := c.Tenant(saved[0].Project)
	project, err := a.Known(ctx, t)
	if err != nil && akhra.CodeOf(err) != akhra.NotFound {
		return err
	}
	answers := make([]akhra.Annotation, len(saved))
	for i, s := range saved {
		answers[i] = s.Answer
		if err != nil {
			out.count(akhra.Verdict{ID: s.Answer.ID, Outcome: akhra.Refused}, akhra.Sentence(err))
		}
	}
	if err != nil {
		return nil
	}
	views := make([]VerdictView, len(answers))
	good, _ := sift(answers, project, views)
	for _, v := range views {
		if v.Problem != nil {
			out.count(akhra.Verdict{ID: v.ID, Outcome: v.Outcome}, v.Problem.Title)
		}
	}
	verdicts, err := a.DB.Bring(ctx, t, c.User.ID, person, good)
	if err != nil {
		return fmt.Errorf("store brought answers: %w", err)
	}
	for _, v := range verdicts {
		reason := ""
		if v.Problem != nil {
			reason = v.Problem.Message
		}
		out.count(v, reason)
	}
	return nil
}

func (b *Brought) count(v akhra.Verdict, reason string) {
	switch v.Outcome {
	case akhra.Stored:
		b.Stored++
	case akhra.Duplicate:
		b.Duplicate++
	default:
		if b.Refused++; len(b.Reasons) < maxReasons {
			b.Reasons = append(b.Reasons, RefusedAnswer{v.ID, reason})
		}
	}
}
