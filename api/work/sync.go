package work

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// SyncBody is a batch of answers from a device's outbox. Unknown fields are
// ignored: an outbox may have been filled by an older or newer page.
type SyncBody struct {
	V       int                `json:"v" doc:"Version of this form, 1"`
	Project akhra.ProjectID    `json:"project"`
	Answers []akhra.Annotation `json:"answers" maxItems:"200"`
	Quiet   bool               `json:"quiet,omitempty" doc:"Nobody looks at what the model thought: it is left out"`
	_       struct{}           `json:"-" additionalProperties:"true"`
}

// SyncView has one verdict for each answer sent.
type SyncView struct {
	Verdicts []VerdictView `json:"verdicts"`
}

// VerdictView is what became of one answer. The device may forget an answer
// that is stored or duplicate.
type VerdictView struct {
	ID      akhra.AnnotationID `json:"id"`
	Outcome akhra.Outcome      `json:"outcome" enum:"stored,duplicate,refused"`
	Problem *door.Problem      `json:"problem,omitempty"`
	Planted bool               `json:"planted,omitempty" doc:"The class that was offered was wrong on purpose; told once the answer is stored"`
	Thought *door.ThoughtView  `json:"thought,omitempty" doc:"What the model thought, once the answer is stored"`
}

func (a *room) routeSync() {
	a.Plain("sync", a.sync, door.Shapes(door.Takes[SyncBody](a.Door), door.Answers[SyncView](a.Door)))
}

// sync is the hot path: it touches the store once, for the one transaction
// that stores the answers.
func (a *room) sync(w http.ResponseWriter, r *http.Request) error {
	ctx, c := r.Context(), door.CallerIn(r.Context())
	in, err := readSync(r)
	if err != nil {
		return err
	}
	t := c.Tenant(in.Project)
	project, err := a.Known(ctx, t)
	if err != nil {
		return err
	}
	out := SyncView{Verdicts: make([]VerdictView, len(in.Answers))}
	good, places := sift(in.Answers, project, out.Verdicts)
	if len(good) > 0 {
		verdicts, err := a.DB.Submit(ctx, t, c.User.ID, good)
		if err != nil {
			return fmt.Errorf("store answers: %w", err)
		}
		for i, v := range verdicts {
			out.Verdicts[places[i]] = a.verdict(r, t, project, good[i], v, in.Quiet)
		}
	}
	a.Traffic.Answered(len(in.Answers), r.ContentLength)
	door.WriteJSON(w, http.StatusOK, door.JSONType, out)
	return nil
}

func readSync(r *http.Request) (SyncBody, error) {
	var in SyncBody
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return in, err
		}
		return in, akhra.Errorf(akhra.Invalid, "The answers could not be read.")
	}
	if in.V != 1 {
		return in, akhra.InvalidField("v", "This page is too old or too new. Please load it again; your answers wait.")
	}
	if len(in.Answers) > akhra.MaxSyncBatch {
		return in, akhra.Errorf(akhra.TooLarge, "At most %d answers are taken at once.", akhra.MaxSyncBatch)
	}
	return in, nil
}

// sift refuses what breaks a rule of its noun and returns the rest with their
// places: one bad answer never holds up the others.
func sift(answers []akhra.Annotation, p door.KnownProject, verdicts []VerdictView) (good []akhra.Annotation, places []int) {
	good = make([]akhra.Annotation, 0, len(answers))
	for i := range answers {
		err := answers[i].Validate()
		if err == nil && answers[i].Answer == akhra.AnswerClass && !p.Live[answers[i].Class] {
			err = akhra.InvalidField("class", "This class is no longer in the project. Please tag the picture again.")
		}
		if err != nil {
			verdicts[i] = VerdictView{ID: answers[i].ID, Outcome: akhra.Refused, Problem: door.ProblemOf(err)}
			continue
		}
		good, places = append(good, answers[i]), append(places, i)
	}
	return good, places
}

func (a *room) verdict(r *http.Request, t akhra.Tenant, p door.KnownProject, said akhra.Annotation, v akhra.Verdict, quiet bool) VerdictView {
	out := VerdictView{ID: v.ID, Outcome: v.Outcome, Planted: v.Planted}
	if v.Problem != nil {
		out.Problem = door.ProblemOf(v.Problem)
	}
	asked := said.Answer == akhra.AnswerClass || said.Answer == akhra.AnswerNotSure
	if !quiet && v.Outcome != akhra.Refused && asked && p.Project.Settings.ShowModel {
		out.Thought = a.Thought(r.Context(), t, v.Item)
	}
	return out
}
