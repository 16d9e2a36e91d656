package ingest

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"math"
	"path"
	"strings"
	"sync/atomic"

	"akhra.dev/akhra"
)

// Zip brings in the pictures of a zip, in its own order. Sizes are counted on
// the bytes that really come out, never believed from the headers.
func (r *Room) Zip(ctx context.Context, into Into, from io.ReaderAt, size int64, progress func(Report)) (Report, error) {
	a, err := r.openArchive(from, size)
	if err != nil {
		return Report{}, err
	}
	return r.bring(ctx, into, len(a.files), a.entries(), nil, progress)
}

// archive is a zip being read.
type archive struct {
	limits limits
	files  []*zip.File
	budget int64        // bytes that all files together may unpack to
	out    atomic.Int64 // bytes unpacked so far
}

func (r *Room) openArchive(from io.ReaderAt, size int64) (*archive, error) {
	listing := &meter{from: from}
	listing.left.Store(r.limits.listing)
	z, err := zip.NewReader(listing, size)
	switch {
	case listing.left.Load() < 0 || err == nil && len(z.File) > r.limits.entries:
		return nil, akhra.Errorf(akhra.TooLarge, "The zip holds more than %d files. Split it into smaller ones.", r.limits.entries)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, akhra.Errorf(akhra.Invalid, "The file is not a zip, or it is damaged or cut off. Make it again and add it once more.")
	}
	listing.left.Store(math.MaxInt64)
	a := &archive{limits: r.limits, budget: min(r.limits.unpacked, size*r.limits.ratio+slack)}
	for _, f := range z.File {
		if name := strings.ReplaceAll(f.Name, `\`, "/"); !clutter(name) && (!strings.HasSuffix(name, "/") || hostile(f) != nil) {
			a.files = append(a.files, f)
		}
	}
	return a, nil
}

func (a *archive) entries() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for _, f := range a.files {
			e := entry{name: akhra.CleanName(f.Name), refusal: hostile(f), open: func() (io.ReadCloser, error) { return a.open(f) }}
			if folder := path.Dir(f.Name); folder != "." {
				e.folder = akhra.CleanName(path.Base(folder))
			}
			if !yield(e) {
				return
			}
		}
	}
}

// hostile refuses a file by its name and kind. Names are never used as paths,
// but one that tries to leave its place comes from no honest program.
func hostile(f *zip.File) error {
	name := akhra.CleanName(f.Name)
	switch {
	case strings.ContainsAny(f.Name, "\\\x00"):
		return refuse(akhra.Invalid, name, "has a name with a backslash or a zero in it. Make the zip again with another program.")
	case strings.HasPrefix(f.Name, "/") || len(f.Name) > 1 && f.Name[1] == ':':
		return refuse(akhra.Invalid, name, "has a name that starts at the root of a disk. Make the zip again from inside the folder.")
	case strings.HasPrefix(f.Name, "../") || strings.Contains(f.Name, "/../") || strings.HasSuffix(f.Name, "/..") || f.Name == "..":
		return refuse(akhra.Invalid, name, "has a name that leads out of the zip. Make the zip again from inside the folder.")
	case f.Mode()&fs.ModeSymlink != 0:
		return refuse(akhra.Invalid, name, "is a link, not a picture. Put the picture itself in the zip.")
	case f.Flags&1 != 0:
		return refuse(akhra.Invalid, name, "is locked with a password. Make the zip again without one.")
	}
	return nil
}

// slack is what may come out whatever the ratio says: small plain drawings
// pack very well.
const slack = 1 << 20

// open unpacks one file, watched by size.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	name := akhra.CleanName(f.Name)
	if a.out.Load() > a.budget {
		return nil, a.bomb(name)
	}
	file, err := f.Open()
	if err != nil {
		return nil, err
	}
	packed := int64(min(f.CompressedSize64, math.MaxInt64/uint64(a.limits.ratio)-slack))
	return &unpacked{ReadCloser: file, archive: a, name: name, left: packed*a.limits.ratio + slack}, nil
}

func (a *archive) bomb(name string) error {
	return refuse(akhra.TooLarge, name, "was left out because the zip unpacks to far more than it holds. Add the pictures without packing them.")
}

// unpacked reads one file of an archive until it has given too much.
type unpacked struct {
	io.ReadCloser
	archive *archive
	name    string
	left    int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.left -= int64(n)
	if all := u.archive.out.Add(int64(n)); u.left < 0 || all > u.archive.budget {
		return 0, u.archive.bomb(u.name)
	}
	return n, err
}

// meter reads until its bytes are used up; it bounds a zip's list of files,
// which is held in memory.
type meter struct {
	from io.ReaderAt
	left atomic.Int64
}

func (m *meter) ReadAt(p []byte, at int64) (int, error) {
	if m.left.Load() != math.MaxInt64 && m.left.Add(-int64(len(p))) < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return m.from.ReadAt(p, at)
}
