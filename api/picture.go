package api

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"akhra.dev/akhra"
)

// maxPictureName is the longest file name that is kept, in bytes.
const maxPictureName = 1000

// AddedPicture is what became of one picture that was sent.
type AddedPicture struct {
	Outcome string       `json:"outcome" enum:"imported,known,refused"`
	Item    akhra.ItemID `json:"item,omitempty"`
	Reason  string       `json:"reason,omitempty"`
}

func (a *API) routePictures() {
	a.plain("add-picture", a.addPicture, shapes(params("path", "project"), params("query", "name"), bytesIn("image/*"), answers[AddedPicture](a)))
	a.plain("picture", a.picture, shapes(params("path", "project", "item", "side"), bytesOut("image/jpeg")))
}

// picture serves one variant. Its address never shows other bytes, so browsers
// keep it; only signed-in people of the organisation get it.
func (a *API) picture(w http.ResponseWriter, r *http.Request) error {
	side, err := strconv.Atoi(r.PathValue("side"))
	variant := slices.Index(akhra.VariantSides[:], side)
	if err != nil || variant < 0 {
		return problemFor(http.StatusNotFound)
	}
	t := callerIn(r.Context()).tenant(akhra.ProjectID(r.PathValue("project")))
	item, err := a.DB.Item(r.Context(), t, akhra.ItemID(r.PathValue("item")))
	if err != nil {
		return err
	}
	hash := item.Variants[variant]
	h := w.Header()
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+hash+`"`)
	if strings.Contains(r.Header.Get("If-None-Match"), hash) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	bytes, err := a.Blobs.Get(r.Context(), hash)
	if err != nil {
		h.Set("Cache-Control", "no-store")
		h.Del("ETag")
		return fmt.Errorf("read a picture: %w", err)
	}
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(bytes)))
	h.Set("Content-Disposition", "inline")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Write(bytes)
	return nil
}

// addPicture takes one picture. That it is refused is an outcome, not a
// failure of the request: the page lists it and goes on.
func (a *API) addPicture(w http.ResponseWriter, r *http.Request) error {
	t := callerIn(r.Context()).tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.known(r.Context(), t); err != nil {
		return err
	}
	name := r.URL.Query().Get("name")
	if name == "" || len(name) > maxPictureName || !utf8.ValidString(name) {
		return akhra.InvalidField("name", "The picture needs a file name of at most %d letters.", maxPictureName)
	}
	added, err := a.Engine.Ingest.Add(r.Context(), t, name, r.Body)
	if err != nil {
		return fmt.Errorf("add a picture: %w", err)
	}
	out := AddedPicture{Outcome: added.Outcome, Item: added.Item.ID, Reason: added.Reason}
	writeJSON(w, http.StatusOK, jsonType, out)
	return nil
}
