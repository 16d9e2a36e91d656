package api_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
)

// TestGuideline goes the way of a guideline: written, told to who answers once,
// changed, told once more, older versions still read.
func TestGuideline(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(2)
	set := func(text string, after int) reply {
		return owner.ask("PUT", w.path+"/guideline", project.GuidelineBody{Text: text, After: after})
	}
	var told project.ProjectView
	asha := h.person(akhra.Annotator)
	asha.ask("GET", w.path, nil).want(t, 200, &told)
	if told.Guide.News || told.Guide.Version != 0 {
		t.Errorf("without a guideline: %+v", told.Guide)
	}
	for i, text := range []string{"# Leaves\nLook at both sides.", "# Leaves\nLook at both sides, please."} {
		set(text, i).want(t, 200, nil)
		for _, news := range []bool{true, false} {
			asha.ask("GET", w.path, nil).want(t, 200, &told)
			if told.Guide.News != news || told.Guide.Text != text || told.Guide.Version != i+1 {
				t.Errorf("%+v, want version %d, news %v", told.Guide, i+1, news)
			}
			asha.ask("POST", w.path+"/guideline/read", map[string]int{"version": i + 1}).want(t, http.StatusNoContent, nil)
		}
	}
	owner.ask("GET", w.path, nil).want(t, 200, &told)
	if told.Guide.News {
		t.Error("who wrote it is told of it")
	}
	set("lost", 1).problem(t, http.StatusPreconditionFailed, akhra.Precondition, "meanwhile")
	set(strings.Repeat("x", akhra.MaxGuideline+1), 2).problem(t, 400, akhra.Invalid, "longer than")
	set("a\x00b", 2).problem(t, 400, akhra.Invalid, "cannot be shown")
	var old project.GuidelineView
	asha.ask("GET", w.path+"/guideline?version=1", nil).want(t, 200, &old)
	if old.Text != "# Leaves\nLook at both sides." || len(old.Versions) != 2 {
		t.Errorf("the first version reads %+v", old)
	}
}

// TestGuideline_PicturesAreEncodedAnew sends a picture with words hidden in it,
// and files that are none.
func TestGuideline_PicturesAreEncodedAnew(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	var kept project.GuidelinePicture
	hostile := append(drawing(t, 0), "<script>alert(1)</script>"...)
	owner.send("POST", w.path+"/guideline/pictures", "image/png", bytes.NewReader(hostile)).want(t, 200, &kept)
	got := h.person(akhra.Annotator).ask("GET", "/api/pictures/"+string(w.id)+"/guideline/"+string(kept.Drawing), nil).want(t, 200, nil)
	if got.header.Get("Content-Type") != "image/jpeg" || bytes.Contains(got.body, []byte("script")) {
		t.Errorf("%s of %d bytes comes back as it was sent", got.header.Get("Content-Type"), len(got.body))
	}
	if _, err := jpeg.Decode(bytes.NewReader(got.body)); err != nil {
		t.Error(err)
	}
	for _, body := range []string{"", "<svg onload=alert(1)>", "GIF89a"} {
		owner.send("POST", w.path+"/guideline/pictures", "image/png", strings.NewReader(body)).problem(t, 400, akhra.Invalid, "")
	}
}
