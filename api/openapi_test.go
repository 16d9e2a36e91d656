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
	"akhra.dev/akhra/api/door"
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
	a := api.New(door.Config{Now: time.Now, Chance: rand.Reader, Log: slog.New(slog.DiscardHandler)}, nil)
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
		want := []string{"GET /livez", "GET /readyz", "POST /api/session", "POST /api/session/pin", "GET /api/device", "GET /api/links/{token}", "POST /api/links/{token}", "GET /api/install", "GET /api/install/akhra.crt"}
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
}
