package ingest

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"akhra.dev/akhra"
)

// Dir brings in the pictures of a folder and those below: one of each folder in
// turn, in order of name, so that the first ones show what all folders hold.
func (r *Room) Dir(ctx context.Context, into Into, dir string, progress func(Report)) (Report, error) {
	return r.Walk(ctx, into, dir, nil, progress)
}

// Walk is Dir that also hands over what became of each picture, with the name
// of the folder it lay in, in order.
func (r *Room) Walk(ctx context.Context, into Into, dir string, each func(Result), progress func(Report)) (Report, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return Report{}, akhra.Errorf(akhra.Invalid, "There is no folder %s that this program may read. Check the name and its rights.", dir)
	}
	found, err := list(ctx, dir)
	if err != nil {
		return Report{}, err
	}
	return r.bring(ctx, into, len(found), slices.Values(inTurns(found)), each, progress)
}

// list names all files below a folder, in order of name. What cannot be read becomes an entry
// with a refusal.
func list(ctx context.Context, dir string) ([]entry, error) {
	var found []entry
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name, relErr := filepath.Rel(dir, file)
		if relErr != nil {
			return relErr
		}
		name = filepath.ToSlash(name)
		if name != "." && clutter(name) {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		e := fileEntry(name, file)
		switch {
		case err != nil:
			e.refusal = refuse(akhra.Invalid, e.name, "could not be opened. Check that this program may read the folder.")
		case d.IsDir():
			return nil
		}
		found = append(found, e)
		return nil
	})
	return found, err
}

// inTurns orders entries, which come in order of name, so that each folder has
// its first one before any has its second.
func inTurns(found []entry) []entry {
	turn, had := make(map[string]int, len(found)), map[string]int{}
	for _, e := range found {
		folder := path.Dir(e.name)
		turn[e.name] = had[folder]
		had[folder]++
	}
	slices.SortStableFunc(found, func(a, b entry) int { return cmp.Compare(turn[a.name], turn[b.name]) })
	return found
}

func fileEntry(name, file string) entry {
	e := entry{name: akhra.CleanName(name), open: func() (io.ReadCloser, error) { return openFile(name, file) }}
	if folder := path.Dir(name); folder != "." {
		e.folder = akhra.CleanName(path.Base(folder))
	}
	return e
}

// openFile opens a regular file, through a link too; a pipe or device would
// never end.
func openFile(name, file string) (io.ReadCloser, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(akhra.Invalid, akhra.CleanName(name), "is not a file. Add the pictures themselves, or the folder they are in.")
	}
	return os.Open(file)
}

// clutter tells whether a file is one that computers leave beside pictures.
func clutter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || base == "__MACOSX" || strings.HasPrefix(name, "__MACOSX/") ||
		strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini")
}
