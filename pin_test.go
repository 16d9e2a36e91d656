package akhra_test

import (
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra"
)

func TestAPINThatEverybodyTriesFirstIsRefused(t *testing.T) {
	t.Parallel()
	for _, pin := range []string{"", "12345", "1234567", "12345a", "१२३४५६", "111111", "123456", "987654"} {
		if akhra.ValidatePIN(pin) == nil {
			t.Errorf("%q was taken", pin)
		}
	}
	for _, pin := range []string{"112233", "901274", "123457"} {
		if err := akhra.ValidatePIN(pin); err != nil {
			t.Errorf("%q: %v", pin, err)
		}
	}
}

// Whatever the pace of guessing, a person's PIN bears at most PINDayPerson
// wrong guesses a day and no more once it is locked, and whoever knows it is
// never locked out by being right.
func TestWrongPINsAreCountedByTheDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var g akhra.PINGuesses
		now, locked := akhra.Millis(1_800_000_000_000), false
		wrong := map[akhra.Millis]int{}
		for range 200 {
			now += akhra.Millis(rapid.IntRange(0, 3_000_000).Draw(t, "pause"))
			right := rapid.IntRange(0, 9).Draw(t, "right") == 0
			if g.Guess(now, akhra.PINDayPerson, true) != nil {
				locked = locked || g.Locked
				continue
			}
			if locked {
				t.Fatal("a locked PIN was tried")
			}
			if right {
				g.Right()
				continue
			}
			if wrong[now/86_400_000]++; wrong[now/86_400_000] > akhra.PINDayPerson {
				t.Fatal("more wrong guesses than a day allows")
			}
		}
	})
}

func TestWhoKnowsHerPINIsNeverPaused(t *testing.T) {
	t.Parallel()
	var g akhra.PINGuesses
	for n := range akhra.Millis(200) {
		if err := g.Guess(n*1000, akhra.PINDayPerson, true); err != nil {
			t.Fatalf("sign-in %d: %v", n, err)
		}
		g.Right()
	}
}

func TestAPINOpensLessThanAPassword(t *testing.T) {
	t.Parallel()
	for _, act := range []akhra.Act{akhra.ActManagePeople, akhra.ActExport, akhra.ActReview, akhra.ActBrowse} {
		if akhra.MayWithPIN(akhra.Owner, act) {
			t.Errorf("a PIN opens %s", act)
		}
	}
	if !akhra.MayWithPIN(akhra.Annotator, akhra.ActAnnotate) || akhra.MayWithPIN(akhra.Client, akhra.ActAnnotate) {
		t.Error("a PIN opens what the role may: answering for an annotator, not for a client")
	}
}

func TestNobodyLeadsWhoStandsAbove(t *testing.T) {
	t.Parallel()
	for _, r := range []akhra.Role{akhra.Owner, akhra.Manager, akhra.Reviewer, akhra.Annotator, akhra.Client, "", "boss"} {
		for _, other := range []akhra.Role{akhra.Owner, akhra.Manager, akhra.Reviewer, akhra.Annotator, akhra.Client} {
			want := r == akhra.Owner || r == akhra.Manager && other != akhra.Owner && other != akhra.Manager
			if r.Leads(other) != want {
				t.Errorf("%q leads %q: %v", r, other, !want)
			}
		}
	}
}
