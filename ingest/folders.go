package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"akhra.dev/akhra"
)

// Folders lists the sub-folders of a folder, sorted, all-integer names by
// number: the classes of pictures that lie in them. Hidden ones are left out.
func Folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", dir, failed.Err)
	}
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", dir, err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, byNumber)
	return names, nil
}

// byNumber orders digits by their value and everything else by its letters.
func byNumber(a, b string) int {
	if isNumber(a) && isNumber(b) && len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
