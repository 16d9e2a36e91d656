package door

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// ServePicture sends a JPEG that we made, by the hash of its bytes. Its address
// never shows other bytes, so browsers keep it; only signed-in people of the
// organisation get it.
func (a *Door) ServePicture(w http.ResponseWriter, r *http.Request, hash string) error {
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
	a.Traffic.Shown(len(bytes))
	return nil
}
