//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// weakness is a fault planted in the product's source: in a file a text takes
// the place of another.
type weakness []struct{ file, text, instead string }

// The weak products of the controls. A text that is no longer in its file
// fails the build of the control: it must be planted anew.
var (
	syncedLate = weakness{{"store/db.go", `synchronous = "FULL"`, `synchronous = "NORMAL"`}}

	pictureUnsynced = weakness{{"blob/store.go", "err = f.Sync()", "err = nil"}}

	// An answer that comes again is another answer.
	forgetful = weakness{
		{"store/annotation.go", "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,",
			"VALUES ($1, $2, CASE WHEN EXISTS (SELECT 1 FROM annotation x WHERE x.id = $3) THEN lower(hex(randomblob(16))) ELSE $3 END, $4, $5, $6, $7, $8, $9,"},
		{"store/migrations/00001_init.sql", "CREATE UNIQUE INDEX annotation_chain", "CREATE INDEX annotation_chain"},
	}
)

// build makes the product's binary, weakened or whole.
func build(source, out string, weak weakness) error {
	overlay := map[string]string{}
	for i, w := range weak {
		path := filepath.Join(source, w.file)
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read the source: %w", err)
		}
		if strings.Count(string(text), w.text) != 1 {
			return fmt.Errorf("%s no longer has %q once: plant the fault of the control anew", w.file, w.text)
		}
		instead := fmt.Sprintf("%s-%d%s", out, i, filepath.Ext(w.file))
		if err := os.WriteFile(instead, []byte(strings.Replace(string(text), w.text, w.instead, 1)), 0o600); err != nil {
			return err
		}
		overlay[path] = instead
	}
	text, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return err
	}
	if err := os.WriteFile(out+".json", text, 0o600); err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-overlay", out+".json", "-o", out, "./cmd/akhra")
	cmd.Dir, cmd.Env = source, append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build akhra: %w\n%s", err, text)
	}
	return nil
}
