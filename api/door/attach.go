package door

import (
	"net/http"
	"net/url"
	"strings"
)

// Attach says that what follows is a file to keep.
func Attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(fileName(name)))
}

// fileName makes a project's name fit for a file: slashes and what is no
// letter of any script become a dash.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}
