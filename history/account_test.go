package history_test

import (
	"errors"
	"testing"

	"akhra.dev/akhra/history"
)

func TestTheAccountTellsWhatIsLostAndWhatIsTwice(t *testing.T) {
	t.Parallel()
	good := history.Answer{"a", "asha", "i", "leaf"}
	for rule, c := range map[string]struct {
		told        history.Fate
		there       []history.Answer
		lost, twice int
	}{
		"acknowledged and there":             {history.Stored, []history.Answer{good}, 0, 0},
		"acknowledged and gone":              {history.Stored, nil, 1, 0},
		"acknowledged and changed":           {history.Stored, []history.Answer{{"a", "asha", "i", "pest"}}, 1, 0},
		"acknowledged and of another":        {history.Stored, []history.Answer{{"a", "bina", "i", "leaf"}}, 1, 0},
		"unknown and there":                  {history.Unknown, []history.Answer{good}, 0, 0},
		"unknown and gone":                   {history.Unknown, nil, 0, 0},
		"unknown and changed":                {history.Unknown, []history.Answer{{"a", "asha", "i", "pest"}}, 1, 0},
		"refused and gone":                   {history.Refused, nil, 0, 0},
		"refused and there":                  {history.Refused, []history.Answer{good}, 0, 1},
		"counted twice under one id":         {history.Stored, []history.Answer{good, good}, 0, 2},
		"counted twice under another id":     {history.Stored, []history.Answer{good, {"b", "asha", "i", "leaf"}}, 0, 2},
		"somebody answered who sent nothing": {history.Unknown, []history.Answer{{"b", "bina", "i", "leaf"}}, 0, 1},
	} {
		h := history.New()
		h.Send("a", "asha", "i", "leaf")
		h.Hear("a", c.told)
		if got := h.Check(c.there, nil); len(got.Lost) != c.lost || len(got.Twice) != c.twice {
			t.Errorf("%s: %d lost, %d twice, want %d and %d", rule, len(got.Lost), len(got.Twice), c.lost, c.twice)
		}
	}
}

func TestAPictureThatWasAcknowledgedMustBeWhole(t *testing.T) {
	t.Parallel()
	h := history.New()
	h.Picture("told", history.Stored)
	h.Picture("told", history.Unknown) // sent again
	h.Picture("untold", history.Unknown)
	got := h.Check(nil, func(string) error { return errors.New("torn") })
	if got.Acked != 1 || len(got.Lost) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAnAnswerThatWasTakenBackMustNotCount(t *testing.T) {
	t.Parallel()
	good := []history.Answer{{"a", "asha", "i", "leaf"}}
	for rule, c := range map[string]struct {
		undo        history.Fate
		there       []history.Answer
		lost, twice int
	}{
		"undone and gone":             {history.Stored, nil, 0, 0},
		"undone and counted":          {history.Stored, good, 0, 1},
		"undo refused and gone":       {history.Refused, nil, 1, 0},
		"undo refused and counted":    {history.Refused, good, 0, 0},
		"undo unheard of and gone":    {history.Unknown, nil, 0, 0},
		"undo unheard of and counted": {history.Unknown, good, 0, 0},
	} {
		h := history.New()
		h.Send("a", "asha", "i", "leaf")
		h.Hear("a", history.Stored)
		h.Undo("u", "a")
		h.Hear("u", c.undo)
		if got := h.Check(c.there, nil); len(got.Lost) != c.lost || len(got.Twice) != c.twice {
			t.Errorf("%s: %+v, want %d lost and %d twice", rule, got, c.lost, c.twice)
		}
	}
}
