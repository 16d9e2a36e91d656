package item

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/ingest"
)

// maxPictureName is the longest file name that is kept, in bytes.
const maxPictureName = 1000

// AddedPicture is what became of one picture that was sent.
type AddedPicture struct {
	Outcome string       `json:"outcome" enum:"imported,known,refused"`
	Item    akhra.ItemID `json:"item,omitempty"`
	Reason  string       `json:"reason,omitempty"`
}

func (a *room) routePictures() {
	a.Plain("add-picture", a.addPicture, door.Shapes(door.Params("path", "project"), door.Params("query", "name", "batch"), door.BytesIn("image/*"), door.Answers[AddedPicture](a.Door)))
	a.Plain("picture", a.picture, door.Shapes(door.Params("path", "project", "item", "side"), door.BytesOut("image/jpeg")))
}

// picture serves one variant. Its address never shows other bytes, so browsers
// keep it; only signed-in people of the organisation get it.
func (a *room) picture(w http.ResponseWriter, r *http.Request) error {
	side, err := strconv.Atoi(r.PathValue("side"))
	variant := slices.Index(akhra.VariantSides[:], side)
	if err != nil || variant < 0 {
		return door.ProblemFor(http.StatusNotFound)
	}
	t := door.CallerIn(r.Context()).Tenant(akhra.ProjectID(r.PathValue("project")))
	item, err := a.DB.Item(r.Context(), t, akhra.ItemID(r.PathValue("item")))
	if err != nil {
		return err
	}
	return a.ServePicture(w, r, item.Variants[variant])
}

// addPicture takes one picture. That it is refused is an outcome, not a
// failure of the request: the page lists it and goes on.
func (a *room) addPicture(w http.ResponseWriter, r *http.Request) error {
	t := door.CallerIn(r.Context()).Tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.Known(r.Context(), t); err != nil {
		return err
	}
	name := r.URL.Query().Get("name")
	if name == "" || len(name) > maxPictureName || !utf8.ValidString(name) {
		return akhra.InvalidField("name", "The picture needs a file name of at most %d letters.", maxPictureName)
	}
	into := ingest.Into{Tenant: t, Batch: akhra.BatchID(r.URL.Query().Get("batch"))}
	if err := a.KnownBatch(r.Context(), t, into.Batch); err != nil {
		return err
	}
	added, err := a.Engine.Ingest.Add(r.Context(), into, name, r.Body)
	if err != nil {
		return fmt.Errorf("add a picture: %w", err)
	}
	out := AddedPicture{Outcome: added.Outcome, Item: added.Item.ID, Reason: added.Reason}
	door.WriteJSON(w, http.StatusOK, door.JSONType, out)
	return nil
}
