// Package weak builds the product with a fault planted in its source, so that
// tests of faults can be tested themselves: a weak product must be caught. The
// product has no switch for it; the Go tool's overlay puts the fault in while
// it builds.
//
//	err := weak.Build(source, filepath.Join(dir, "akhra"), weak.Forgetful)
package weak

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Weakness is a fault: in each of some files a text takes the place of another.
type Weakness []Edit

// Edit is one place of a fault. The text must stand in the file once.
type Edit struct{ File, Text, Instead string }

// The weak products. A text that is no longer in its file fails the build: the
// fault must be planted anew.
var (
	// SyncedLate acknowledges an answer before the disk has it.
	SyncedLate = Weakness{{"store/syncer.go", "err := s.wal.Sync()", "err := error(nil)"}}

	// PictureUnsynced acknowledges a picture before the disk has it.
	PictureUnsynced = Weakness{{"blob/store.go", "err = f.Sync()", "err = nil"}}

	// Forgetful takes an answer that comes again for another answer.
	Forgetful = Weakness{
		{"store/annotation.go", "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,",
			"VALUES ($1, $2, CASE WHEN EXISTS (SELECT 1 FROM annotation x WHERE x.id = $3) THEN lower(hex(randomblob(16))) ELSE $3 END, $4, $5, $6, $7, $8, $9,"},
		{"store/migrations/00057_keys.sql", "CREATE UNIQUE INDEX annotation_chain", "CREATE INDEX annotation_chain"},
	}
)

// Build makes the product's binary of the source in a folder, weakened, or
// whole when w is empty. It needs the Go tool, and takes as long as that.
func Build(source, out string, w Weakness) error {
	overlay, err := w.plant(source, out)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-overlay", overlay, "-o", out, "./cmd/akhra")
	cmd.Dir, cmd.Env = source, append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build akhra: %w\n%s", err, text)
	}
	return nil
}

// plant writes the edited files beside out and returns the overlay that names
// them.
func (w Weakness) plant(source, out string) (overlay string, err error) {
	files := map[string]string{}
	for i, one := range w {
		path := filepath.Join(source, one.File)
		text, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read the source: %w", err)
		}
		if strings.Count(string(text), one.Text) != 1 {
			return "", fmt.Errorf("%s no longer has %q once: plant the fault of the control anew", one.File, one.Text)
		}
		files[path] = fmt.Sprintf("%s-%d%s", out, i, filepath.Ext(one.File))
		if err := os.WriteFile(files[path], []byte(strings.Replace(string(text), one.Text, one.Instead, 1)), 0o600); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		return "", err
	}
	overlay = out + ".json"
	return overlay, os.WriteFile(overlay, text, 0o600)
}
