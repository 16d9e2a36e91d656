package api_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"akhra.dev/akhra/api"
)

const documentPath = "../docs/openapi.json"

// TestDocument_IsCommitted fails when docs/openapi.json is not what the code
// serves; -update rewrites it.
func TestDocument_IsCommitted(t *testing.T) {
	t.Parallel()
	got := document(t)
	if *update {
		must(t, os.WriteFile(documentPath, got, 0o644))
		return
	}
	want, err := os.ReadFile(documentPath)
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Errorf("docs/openapi.json is old: go test ./api -run Document -update")
	}
}

func document(t *testing.T) []byte {
	t.Helper()
	a := api.New(api.Config{Now: time.Now, Chance: rand.Reader, Log: slog.New(slog.DiscardHandler)})
	text, err := a.Document()
	must(t, err)
	return append(text, '\n')
}

func TestDocument(t *testing.T) {
	t.Parallel()
	var doc struct {
		Paths map[string]map[string]struct {
			Act   string   `json:"x-act"`
			Allow []string `json:"x-allow"`
		}
	}
	text := document(t)
	must(t, json.Unmarshal(text, &doc))
	t.Run("every operation names its act", func(t *testing.T) {
		open := map[string]bool{}
		for path, methods := range doc.Paths {
			for method, op := range methods {
				if op.Act == "" {
					t.Errorf("%s %s names no act", method, path)
				}
				if op.Act == "public" {
					open[strings.ToUpper(method)+" "+path] = true
				}
			}
		}
		want := []string{"GET /livez", "GET /readyz", "POST /api/session", "GET /api/links/{token}", "POST /api/links/{token}"}
		for _, one := range want {
			delete(open, one)
		}
		if len(open) > 0 {
			t.Errorf("open to strangers: %v", open)
		}
	})
	t.Run("lists are lists, not lists or null", func(t *testing.T) {
		if bytes.Contains(text, []byte(`"array",`)) {
			t.Error("a list may be null in the document")
		}
	})
	t.Run("no schema field and link are built from the Host header", func(t *testing.T) {
		if bytes.Contains(text, []byte(`$schema`)) {
			t.Error("$schema is in the document")
		}
	})
	t.Run("every probe of the permission test is there and the other way round", func(t *testing.T) {
		probed := map[string]bool{"live": true, "ready": true, "sign-in": true, "link": true, "take-link": true}
		for _, p := range probes {
			probed[p.id] = true
		}
		for id := range operationIDs(t, text) {
			if !probed[id] {
				t.Errorf("operation %s is not in the permission test", id)
			}
		}
	})
}

func operationIDs(t *testing.T, text []byte) map[string]bool {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			ID string `json:"operationId"`
		}
	}
	must(t, json.Unmarshal(text, &doc))
	ids := map[string]bool{}
	for _, methods := range doc.Paths {
		for _, op := range methods {
			ids[op.ID] = true
		}
	}
	return ids
}
