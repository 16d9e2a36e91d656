package work

import (
	"context"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/census"
	"akhra.dev/akhra/dataset"
)

// partOf is whose part of what.
type partOf struct {
	t    akhra.Tenant
	user akhra.UserID
}

// part is what was left for one person when she had said so much.
type part struct{ left, said int }

// mine tells how many pictures one person answered and how many still want an
// answer of hers. What others settled is up to a minute old: every lease asks.
func (a *room) mine(ctx context.Context, t akhra.Tenant, user akhra.UserID) (answers, left int, err error) {
	answers, skips, err := a.DB.Mine(ctx, t, user)
	if err != nil {
		return 0, 0, fmt.Errorf("count one's own answers: %w", err)
	}
	open, err := a.Left(ctx, t)
	if err != nil {
		return 0, 0, fmt.Errorf("count what is left: %w", err)
	}
	then, err := a.parts.Get(partOf{t, user}, func() (part, error) {
		had, err := a.DB.HadSay(ctx, t, user, hadSayOver)
		return part{open - had, answers + skips}, err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("count one person's part: %w", err)
	}
	return answers, max(0, min(open, then.left-(answers+skips-then.said))), nil
}

// wholeOf is all people of a project together.
func (a *room) wholeOf(ctx context.Context, t akhra.Tenant, all *together) (WholeView, error) {
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return WholeView{}, fmt.Errorf("count a project: %w", err)
	}
	v := WholeView{Items: n.Items, Done: n.Done, Review: n.Review, Left: n.Open, Answers: n.Answers,
		PaceMillis: akhra.Millis(census.Median(all.sums)), Known: all.known()}
	for _, quarters := range all.quarters {
		v.Hours += float64(quarters) / 4
	}
	g := census.Agree(all.sums)
	v.Agreement = AgreementView{Same: tenth(g.Observed * float64(g.Answers)), Of: g.Answers}
	v.Expected = tenth(10 * g.Expected)
	if alpha, ok := g.Alpha(); ok {
		v.Alpha = &alpha
	}
	return v, nil
}

// peopleTable sends the project's people in figures, all together first.
func (a *room) peopleTable(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t := door.CallerIn(ctx).Tenant(akhra.ProjectID(r.PathValue("project")))
	p, err := a.Known(ctx, t)
	if err != nil {
		return err
	}
	all, err := a.together(ctx, t)
	if err != nil {
		return err
	}
	people, err := a.DB.PerAnnotator(ctx, t)
	if err != nil {
		return fmt.Errorf("count per person: %w", err)
	}
	whole, err := a.wholeOf(ctx, t, all)
	if err != nil {
		return err
	}
	rows := []dataset.PersonRow{{Answers: whole.Answers, Left: whole.Left, MedianMillis: whole.PaceMillis, Hours: whole.Hours,
		Agree: whole.Agreement.Same, AgreeOf: whole.Agreement.Of, KnownRight: whole.Known.Right, KnownOf: whole.Known.Of}}
	for _, one := range people {
		v, err := a.annotator(ctx, t, p, all, one)
		if err != nil {
			return err
		}
		rows = append(rows, rowOf(v))
		rows[0].NotSure, rows[0].Skips = rows[0].NotSure+v.NotSure, rows[0].Skips+v.Skips
		rows[0].WrongAccepted, rows[0].WrongProposed = rows[0].WrongAccepted+v.Wrong.Accepted, rows[0].WrongProposed+v.Wrong.Of
	}
	door.Attach(w, "text/csv", p.Project.Name+"-people.csv")
	return dataset.WritePeople(w, rows)
}

func rowOf(v AnnotatorView) dataset.PersonRow {
	row := dataset.PersonRow{Name: v.Name, Answers: v.Answers, NotSure: v.NotSure, Skips: v.Skips, Left: v.Left, MedianMillis: v.PaceMillis, Hours: v.Hours,
		Agree: v.Agreement.Same, AgreeOf: v.Agreement.Of, KnownRight: v.Known.Right, KnownOf: v.Known.Of, WrongAccepted: v.Wrong.Accepted, WrongProposed: v.Wrong.Of}
	if v.Skill != nil {
		row.Estimated, row.Skill, row.SkillLow, row.SkillHigh = true, v.Skill.Accuracy, v.Skill.Low, v.Skill.High
	}
	return row
}
