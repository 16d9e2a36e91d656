package engine_test

import (
	"context"
	"testing"
	"time"

	"akhra.dev/akhra"
)

// In a server the annotators are fitted in the background; nobody drains.
func TestAServerFitsBesideTheAnswering(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings(2, 3), 2, 2)
	w.pictures(40)
	w.drain()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	ran := make(chan error, 1)
	go func() { ran <- w.e.Run(ctx) }()
	for who := range w.people {
		for _, a := range w.lease(who, 40) {
			w.answer(who, a, w.truth[a.Item])
		}
	}
	var skills []akhra.Skill
	seen := akhra.Seq(0)
	for done := 0; len(skills) < 2 || done < 40; {
		select {
		case <-ctx.Done():
			t.Fatalf("after a minute %d of 40 tasks are done, %d of 2 people known", done, len(skills))
		case <-w.db.Changed(w.tenant.Org, seen):
		}
		events, err := w.db.Events(t.Context(), w.tenant.Org, seen, 1000)
		w.must(err)
		for _, e := range events {
			seen = e.Seq
		}
		skills, err = w.db.Skills(t.Context(), w.tenant)
		w.must(err)
		done = 0
		for _, c := range w.posteriors() {
			if c.State == akhra.TaskDone && c.Answers == 2 {
				done++
			}
		}
	}
	stop()
	w.must(<-ran)
	if skills[0].Accuracy < .8 || skills[0].Low <= 0 || skills[0].High > 1 {
		t.Errorf("skills %+v", skills)
	}
}
