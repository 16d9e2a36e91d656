package akhra_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

const module = "akhra.dev/akhra"

// floors is the table of docs/ARCHITECTURE.md: an import points to a lower
// floor only. A package missing here fails.
var floors = map[string]int{
	"numeric": 0,
	"geom":    1, "truth": 1, "agreement": 1, "learn": 1, "embed": 1, "onnx": 1, "sample": 1, "history": 1, "census": 1,
	".":     2,
	"queue": 3, "consensus": 3, "loop": 3, "catalogue": 3, "certify": 3, "propose": 3, "onboard": 3, "pay": 3, "dataset": 3, "ingest": 3, "model": 3, "hook": 3, "outbound": 3, "https": 3, "console": 3,
	"store": 3, "store/migration": 3, "blob": 3, "backend": 3, "store/storetest": 4,
	"sight": 4, "portrait": 4, "inference": 4,
	"engine": 5,
	"web":    6, "sim": 6, "demo": 6, "api/door": 6, "backup": 6,
	"api/people": 7, "api/project": 7, "api/item": 7, "api/work": 7, "api/deliver": 7, "api/table": 7, "api/connect": 7, "api/upkeep": 7,
	"api": 8, "client": 8, "load": 8, "faults/gate": 8, "faults/weak": 8,
	"house":     9,
	"cmd/akhra": 10, "e2e": 10, "faults": 10,
}

func TestFloors(t *testing.T) {
	t.Parallel()
	for _, dir := range packages(t) {
		floor, known := floors[dir]
		if !known {
			t.Errorf("package %s stands on no floor: add it to the table", dir)
			continue
		}
		pkg, err := build.ImportDir(dir, 0)
		if err != nil {
			t.Fatalf("read %s: %v", dir, err)
		}
		for _, imported := range pkg.Imports {
			checkArrow(t, dir, floor, imported)
		}
	}
}

func checkArrow(t *testing.T, dir string, floor int, imported string) {
	t.Helper()
	if imported != module && !strings.HasPrefix(imported, module+"/") {
		return
	}
	target := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
	if target == "" {
		target = "."
	}
	if floors[target] >= floor {
		t.Errorf("%s (floor %d) imports %s (floor %d): arrows point down only", dir, floor, target, floors[target])
	}
}

// packages lists the folders that hold Go code outside tests.
func packages(t *testing.T) []string {
	t.Helper()
	seen, dirs := map[string]bool{}, []string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !seen[dir] {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}
