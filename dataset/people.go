package dataset

import (
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// PersonRow is one person of a project, or all together, in figures. A share
// is told as so many of so many; where there are none it is empty.
type PersonRow struct {
	Name                         string // "" for all together
	Answers, NotSure, Skips      int
	Left                         int // pictures that still want an answer, hers if of a person
	MedianMillis                 akhra.Millis
	Hours                        float64 // in quarters of an hour with answers
	Agree                        float64
	AgreeOf                      int
	Skill, SkillLow, SkillHigh   float64 // skill is told where Estimated
	Estimated                    bool
	KnownRight, KnownOf          int
	WrongAccepted, WrongProposed int
}

var personColumns = []string{"person", "answers", "not_sure", "skips", "left", "median_seconds", "hours", "agreed", "agreed_of",
	"skill", "skill_low", "skill_high", "gold_right", "gold_of", "wrong_proposals_accepted", "wrong_proposals_of"}

// WritePeople writes one line for each row; all together are named "(all)".
func WritePeople(w io.Writer, rows []PersonRow) error {
	next := func(line func(PersonRow) error) error {
		for _, r := range rows {
			if err := line(r); err != nil {
				return err
			}
		}
		return nil
	}
	return write(w, personColumns, next, func(r PersonRow) []string {
		name := guard(r.Name)
		if r.Name == "" {
			name = "(all)"
		}
		n, f := strconv.Itoa, func(x float64, places int) string { return strconv.FormatFloat(x, 'f', places, 64) }
		skill := []string{"", "", ""}
		if r.Estimated {
			skill = []string{f(r.Skill, 3), f(r.SkillLow, 3), f(r.SkillHigh, 3)}
		}
		return append(append([]string{name, n(r.Answers), n(r.NotSure), n(r.Skips), n(r.Left), f(float64(r.MedianMillis)/1000, 1), f(r.Hours, 2), f(r.Agree, 1), n(r.AgreeOf)},
			skill...), n(r.KnownRight), n(r.KnownOf), n(r.WrongAccepted), n(r.WrongProposed))
	})
}
