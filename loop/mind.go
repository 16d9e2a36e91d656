package loop

import (
	"context"
	"slices"

	"akhra.dev/akhra"
)

// Mind is what the learner holds of a project at one moment, for who tells of
// it. It may be read inside Look only; what it hands out must not be changed.
type Mind struct {
	Settings akhra.Settings
	Classes  []akhra.ClassID // live, in order
	Version  int64           // of the model in force
	Taught   int             // pictures that taught it
	Training bool            // a retrain is under way
	Answers  int             // standing answers that name a class
	Blinds   []akhra.Blind   // oldest first
	Curve    []akhra.CurvePoint

	project *project
}

// Look lets fn read what the learner knows, under the project's lock: nobody is
// asked meanwhile.
func (r *Room) Look(ctx context.Context, t akhra.Tenant, fn func(Mind)) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	fn(p.mind())
	return nil
}

// LookAnew is Look after the pictures and posteriors that changed were read.
func (r *Room) LookAnew(ctx context.Context, t akhra.Tenant, fn func(Mind)) error {
	p, err := r.open(ctx, t)
	if err != nil {
		return err
	}
	defer p.mu.Unlock()
	if err := r.refresh(ctx, p); err != nil {
		return err
	}
	fn(p.mind())
	return nil
}

func (p *project) mind() Mind {
	return Mind{Settings: p.settings, Classes: p.classes, Version: p.model.version, Taught: p.model.Rows, Training: p.busy,
		Answers: p.answers, Blinds: p.blinds, Curve: p.curve, project: p}
}

// Place is the place of a live class among Classes.
func (m Mind) Place(class akhra.ClassID) (place int, live bool) {
	place, live = m.project.classAt[class]
	return place, live
}

// Foresaw compares a blind answer with what the model thought, by the classes
// of now: merged ones are one. It counts no more when its class is gone.
func (m Mind) Foresaw(b akhra.Blind) (said int, right, counts bool) { return m.project.foresaw(b) }

// Estimate is the share of blind answers the model foresaw, nil while there are
// too few.
func (m Mind) Estimate() *Estimate { return m.project.estimate() }

// Next are the places asked next, as Rank would give them to anybody.
func (m Mind) Next(n int) []akhra.Slot { return m.project.rank(n, "") }

// Pictures counts the pictures.
func (m Mind) Pictures() int { return len(m.project.items) }

// At is a picture by order of arrival, from 0.
func (m Mind) At(i int) Picture { return Picture{m.project.items[i], m.project} }

// Picture finds a picture, false when there is none.
func (m Mind) Picture(id akhra.ItemID) (Picture, bool) {
	it := m.project.at[id]
	return Picture{it, m.project}, it != nil
}

// Picture is what the learner knows of one picture. Classes are places among
// the classes of the Mind, -1 for none.
type Picture struct {
	it *item
	p  *project
}

// Item names the picture.
func (k Picture) Item() akhra.ItemID { return k.it.id }

// Audit tells whether its task is an audit task.
func (k Picture) Audit() bool { return k.it.audit }

// Accepted tells whether its class is the model's, by a certificate.
func (k Picture) Accepted() bool { return k.it.decided }

// Vector is nil while it has none.
func (k Picture) Vector() []float32 { return k.it.vector }

// Say is the model's tempered probabilities, nil while it has no say; of a
// picture with answers they are out of fold.
func (k Picture) Say() []float64 { return k.it.say }

// Sure is the largest of Say.
func (k Picture) Sure() float64 { return k.it.sure }

// Lead is how far the likeliest class is before the next.
func (k Picture) Lead() float64 { return k.it.margin }

// Answered tells whether any answer stands.
func (k Picture) Answered() bool { return len(k.it.votes) > 0 }

// Named tells whether a standing answer names a class.
func (k Picture) Named() bool { return k.it.named() > 0 }

// By lists who named a class, each once.
func (k Picture) By(class int) (who []akhra.UserID) {
	for _, v := range k.it.votes {
		if v.class == class && !slices.Contains(who, v.annotator) {
			who = append(who, v.annotator)
		}
	}
	return who
}

// Teaches tells whether its class is known from people.
func (k Picture) Teaches() bool { return k.it.teaches() }

// Class is the class to train towards: the posterior's, or that of the votes.
func (k Picture) Class() int {
	class, _ := k.it.target(len(k.p.classes), k.p.settings.Cap)
	return class
}

// Settled is the class that answers of people settled; nobody decided it and
// nobody answered since.
func (k Picture) Settled() int {
	if !k.it.settledByPeople() || k.it.truth.decided {
		return unsure
	}
	return k.it.truth.class
}

// Waits tells whether it wants an answer that no near-duplicate speaks for.
func (k Picture) Waits() bool { return k.it.wants(k.p.settings) > 0 && !k.p.served(k.it) }
