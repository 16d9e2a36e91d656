package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

// planted writes the answers of people of whom each is right as often as skill
// says, and the true classes.
func planted(t *testing.T, items, classes int, skill []float64) Options {
	t.Helper()
	chance := rand.New(rand.NewPCG(3, 5))
	var answers, labels strings.Builder
	answers.WriteString("item,worker,label\n")
	labels.WriteString("item,label\n")
	for i := range items {
		k := chance.IntN(classes)
		fmt.Fprintf(&labels, "p%d,%d\n", i, k)
		for who, right := range skill {
			said := k
			if chance.Float64() > right {
				said = (k + 1 + chance.IntN(classes-1)) % classes
			}
			fmt.Fprintf(&answers, "p%d,w%d,%d\n", i, who, said)
		}
	}
	return Options{Answers: written(t, answers.String()), Labels: written(t, labels.String()), Seed: 1}
}

func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func run(t *testing.T, o Options) Result {
	t.Helper()
	r, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPeopleAnswerAsTheyAreRecorded(t *testing.T) {
	t.Parallel()
	o := planted(t, 60, 3, []float64{.9, .8, .8, .7, .7, .6})
	if err := o.fill(); err != nil {
		t.Fatal(err)
	}
	d, err := read(o)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(t.Context(), o, d)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	var r Result
	if err := w.replay(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	answers, turns := 0, make([]int, len(d.pool))
	err = w.db.Standing(t.Context(), w.tenant, func(a akhra.Annotation) error {
		i := w.at[a.Item]
		answers++
		turns[i]++
		for _, said := range d.pool[i].answers[:w.given[i]] {
			if w.people[said.who] == a.Annotator {
				if a.Class != w.class(said.class) {
					t.Errorf("picture %d: %s said %s, recorded is %s", i, a.Annotator, a.Class, w.class(said.class))
				}
				return nil
			}
		}
		t.Errorf("picture %d: it was not the turn of %s", i, a.Annotator)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range turns {
		if n < leastOverlap || n > 6 {
			t.Errorf("picture %d has %d answers", i, n)
		}
	}
	if last := r.Points[len(r.Points)-1]; answers >= 60*6 || math.Abs(last.AnswersPerItem*60-float64(answers)) > 1e-9 {
		t.Errorf("%d answers were given, the last point says %g per picture", answers, last.AnswersPerItem)
	}
}

func TestTheSameSeedGivesTheSameResult(t *testing.T) {
	t.Parallel()
	o := planted(t, 50, 3, []float64{.9, .8, .8, .7, .7})
	said := func(seed uint64) string {
		o.Seed = seed
		r := run(t, o)
		r.Seconds = 0
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if a, b := said(1), said(1); a != b {
		t.Errorf("%s\nthen\n%s", a, b)
	}
	if said(1) == said(2) {
		t.Error("another seed gives the same order")
	}
}

func TestTheMajorityMeetsTiesByExpectation(t *testing.T) {
	t.Parallel()
	d := data{classes: []string{"a", "b", "c"}, recorded: true, most: 4, pool: []picture{
		{truth: 0, answers: []recorded{{0, 0}, {1, 1}, {2, 1}, {3, 0}}}, // wrong by three, tied by four
		{truth: 2, answers: []recorded{{0, 2}}},
		{truth: 1},
	}}
	for n, want := range map[int]Majority{3: {4. / 3, (0 + 1 + 1./3) / 3}, 4: {5. / 3, (.5 + 1 + 1./3) / 3}} {
		if got := d.majority(n); math.Abs(got.AnswersPerItem-want.AnswersPerItem) > 1e-12 || math.Abs(got.LabelAccuracy-want.LabelAccuracy) > 1e-12 {
			t.Errorf("of %d answers %+v, want %+v", n, got, want)
		}
	}
}

func TestASecondAnswerOfOnePersonIsLeftOut(t *testing.T) {
	t.Parallel()
	o := Options{Labels: written(t, "item,label\np,x\nq,y\n"), Answers: written(t, "item,worker,label\np,w,x\np,w,y\nq,w,z\n")}
	d, err := read(o)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.pool[0].answers) != 1 || len(d.classes) != 3 || len(d.pool[1].answers) != 1 {
		t.Errorf("read %+v of the classes %v", d.pool, d.classes)
	}
}
