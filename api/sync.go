package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
)

// SyncBody is a batch of answers from a device's outbox. Unknown fields are
// ignored: an outbox may have been filled by an older or newer page.
type SyncBody struct {
	V       int                `json:"v" doc:"Version of this form, 1"`
	Project akhra.ProjectID    `json:"project"`
	Answers []akhra.Annotation `json:"answers" maxItems:"200"`
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
	Problem *Problem           `json:"problem,omitempty"`
	Thought *ThoughtView       `json:"thought,omitempty" doc:"What the model thought, once the answer is stored"`
}

func (a *API) routeSync() {
	a.plain("sync", a.sync, shapes(takes[SyncBody](a), answers[SyncView](a)))
}

// sync is the hot path: it touches the store once, for the one transaction
// that stores the answers.
func (a *API) sync(w http.ResponseWriter, r *http.Request) error {
	ctx, c := r.Context(), callerIn(r.Context())
	in, err := readSync(r)
	if err != nil {
		return err
	}
	t := c.tenant(in.Project)
	project, err := a.known(ctx, t)
	if err != nil {
		return err
	}
	out := SyncView{Verdicts: make([]VerdictView, len(in.Answers))}
	good, places := sift(in.Answers, project, out.Verdicts)
	if len(good) > 0 {
		verdicts, err := a.DB.Submit(ctx, t, c.user.ID, good)
		if err != nil {
			return fmt.Errorf("store answers: %w", err)
		}
		for i, v := range verdicts {
			out.Verdicts[places[i]] = a.verdict(r, t, project, good[i], v)
		}
	}
	writeJSON(w, http.StatusOK, jsonType, out)
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
func sift(answers []akhra.Annotation, p keptProject, verdicts []VerdictView) (good []akhra.Annotation, places []int) {
	good = make([]akhra.Annotation, 0, len(answers))
	for i := range answers {
		err := answers[i].Validate()
		if err == nil && answers[i].Answer == akhra.AnswerClass && !p.live[answers[i].Class] {
			err = akhra.InvalidField("class", "This class is no longer in the project. Please tag the picture again.")
		}
		if err != nil {
			verdicts[i] = VerdictView{ID: answers[i].ID, Outcome: akhra.Refused, Problem: problemOf(err)}
			continue
		}
		good, places = append(good, answers[i]), append(places, i)
	}
	return good, places
}

func (a *API) verdict(r *http.Request, t akhra.Tenant, p keptProject, said akhra.Annotation, v akhra.Verdict) VerdictView {
	out := VerdictView{ID: v.ID, Outcome: v.Outcome}
	if v.Problem != nil {
		out.Problem = problemOf(v.Problem)
	}
	asked := said.Answer == akhra.AnswerClass || said.Answer == akhra.AnswerNotSure
	if v.Outcome != akhra.Refused && asked && p.project.Settings.ShowModel {
		out.Thought = a.thought(r.Context(), t, v.Item)
	}
	return out
}
