package storetest

import (
	"context"
	"strings"

	"akhra.dev/akhra"
)

// Guidelines are what people are told before they answer.
type Guidelines interface {
	SetGuideline(ctx context.Context, t akhra.Tenant, g akhra.Guideline, after int) (akhra.Guideline, error)
	Guideline(ctx context.Context, t akhra.Tenant, version int) (akhra.Guideline, error)
	Guidelines(ctx context.Context, t akhra.Tenant) ([]akhra.Guideline, error)
	ReadGuideline(ctx context.Context, t akhra.Tenant, person akhra.UserID, version int) error
	GuidelineRead(ctx context.Context, t akhra.Tenant, person akhra.UserID) (int, error)
	AddGuidelinePicture(ctx context.Context, t akhra.Tenant, id akhra.GuidelineID, blob string, by akhra.UserID) error
	GuidelinePicture(ctx context.Context, t akhra.Tenant, id akhra.GuidelineID) (string, error)
}

// guidelines: every change is a version, older ones stay, two writers do not
// overwrite each other, and who was shown one is known.
func guidelines(w *world) {
	lead, asha := w.person("lead"), w.person("asha")
	t, _ := w.project("leaves")
	other, _ := w.project("other")
	if g, err := w.Guideline(w.ctx(), t, 0); err != nil || g != (akhra.Guideline{}) {
		w.Errorf("without any: %+v, %v", g, err)
	}
	set := func(after int, text string) (akhra.Guideline, error) {
		return w.SetGuideline(w.ctx(), t, akhra.Guideline{Text: text, By: lead.ID}, after)
	}
	for i, text := range []string{"first", "second", "third"} {
		g, err := set(i, text)
		if err != nil || g.Version != i+1 || g.Created != w.now() {
			w.Errorf("%q: %+v, %v", text, g, err)
		}
	}
	if g, err := set(1, "third"); err != nil || g.Version != 3 {
		w.Errorf("the same text again: %+v, %v", g, err)
	}
	_, err := set(2, "behind her back")
	w.wantCode(akhra.Precondition, err, "after an older version")
	_, err = set(3, strings.Repeat("x", akhra.MaxGuideline+1))
	w.wantCode(akhra.Invalid, err, "too long")
	for version, want := range map[int]string{0: "third", 1: "first", 2: "second"} {
		if g, err := w.Guideline(w.ctx(), t, version); err != nil || g.Text != want || g.By != lead.ID {
			w.Errorf("version %d: %+v, %v", version, g, err)
		}
	}
	_, err = w.Guideline(w.ctx(), t, 4)
	w.wantCode(akhra.NotFound, err, "a version there is not")
	if all, err := w.Guidelines(w.ctx(), t); err != nil || len(all) != 3 || all[0].Version != 3 {
		w.Errorf("versions: %+v, %v", all, err)
	}
	for _, step := range []struct{ shown, want int }{{2, 2}, {1, 2}, {9, 2}, {3, 3}} {
		w.must(w.ReadGuideline(w.ctx(), t, asha.ID, step.shown))
		if n, err := w.GuidelineRead(w.ctx(), t, asha.ID); err != nil || n != step.want {
			w.Errorf("shown %d: %d, %v, want %d", step.shown, n, err, step.want)
		}
	}
	if n, err := w.GuidelineRead(w.ctx(), t, lead.ID); err != nil || n != 0 {
		w.Errorf("who was shown none: %d, %v", n, err)
	}
	id := akhra.GuidelineID(w.NewID())
	w.must(w.AddGuidelinePicture(w.ctx(), t, id, "abc", lead.ID))
	if blob, err := w.GuidelinePicture(w.ctx(), t, id); err != nil || blob != "abc" {
		w.Errorf("its picture: %q, %v", blob, err)
	}
	_, err = w.GuidelinePicture(w.ctx(), other, id)
	w.wantCode(akhra.NotFound, err, "another project's picture")
	for range akhra.MaxGuidelinePictures - 1 {
		w.must(w.AddGuidelinePicture(w.ctx(), t, akhra.GuidelineID(w.NewID()), "abc", lead.ID))
	}
	w.wantCode(akhra.TooLarge, w.AddGuidelinePicture(w.ctx(), t, "more", "abc", lead.ID), "one picture too many")
}
