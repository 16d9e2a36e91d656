package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"iter"
	"os"
	"slices"
	"sync"

	"akhra.dev/akhra"
)

// Seen is one picture as a project would have it: its thumb and its smallest variant.
// Refusal is the sentence when it cannot be read, "" else.
type Seen struct {
	Name    string
	Thumb   []byte
	Small   []byte // JPEG
	Refusal string
}

// Picture decodes the smallest variant.
func (s *Seen) Picture() (image.Image, error) {
	picture, err := jpeg.Decode(bytes.NewReader(s.Small))
	if err != nil {
		return nil, fmt.Errorf("decode the small copy of %s: %w", s.Name, err)
	}
	return picture, nil
}

// Look makes the pictures of a folder (in order of name) or zip ready and keeps nothing.
// think is given each, two at a time and in no order; told then, in order, what it made
// of it with how far the work is. The first error of either ends it.
func Look[T any](ctx context.Context, path string, think func(context.Context, Seen) (T, error), told func(t T, done, total int) error) error {
	r := New(nil, nil, nil, nil)
	entries, total, leave, err := r.entriesOf(ctx, path)
	if err != nil {
		return err
	}
	defer leave()
	type thought struct {
		t   T
		err error
	}
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer stop()
	done := 0
	for one := range sideBySide(ctx, &working, entries, func(e entry) (out thought) {
		seen, err := r.see(ctx, e)
		if err == nil {
			out.t, err = think(ctx, seen)
		}
		out.err = err
		return out
	}) {
		done++
		if one.err == nil {
			one.err = told(one.t, done, total)
		}
		if one.err != nil {
			return one.err
		}
	}
	return ctx.Err()
}

// entriesOf opens a folder or a zip.
func (r *Room) entriesOf(ctx context.Context, path string) (entries iter.Seq[entry], total int, leave func(), err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, nil, unopened(path, err)
	}
	if info.IsDir() {
		found, err := list(ctx, path)
		return slices.Values(found), len(found), func() {}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, nil, unopened(path, err)
	}
	a, err := r.openArchive(f, info.Size())
	if err != nil {
		return nil, 0, nil, errors.Join(err, f.Close())
	}
	return a.entries(), len(a.files), func() { f.Close() }, nil
}

func unopened(path string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", path, err)
}

// see makes one picture ready; that it is refused is no error.
func (r *Room) see(ctx context.Context, e entry) (Seen, error) {
	s, err := Seen{Name: e.name}, e.refusal
	var data []byte
	if err == nil {
		data, err = r.read(e)
	}
	var p *pictures
	if err == nil {
		p, err = r.make(ctx, e.name, data)
	}
	if refusal, ok := errors.AsType[*akhra.Error](err); ok && (refusal.Code == akhra.Invalid || refusal.Code == akhra.TooLarge) {
		s.Refusal = refusal.Message
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Thumb, s.Small = p.thumb, p.variants[0]
	return s, nil
}
