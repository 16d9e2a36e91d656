package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"akhra.dev/akhra"
)

// entry is one file that may be a picture. A refusal says that it was turned
// down before it was opened.
type entry struct {
	name    string
	folder  string
	open    func() (io.ReadCloser, error)
	refusal error
}

// prepare does all that one picture needs before it becomes an item: a picture
// that is not taken is a Refused result, an error is trouble on our side.
func (r *Room) prepare(ctx context.Context, into Into, e entry) (Result, error) {
	result := Result{Folder: e.folder, Item: akhra.Item{Name: e.name, Batch: into.Batch}}
	err := r.fill(ctx, into.Tenant, e, &result)
	if refusal, ok := errors.AsType[*akhra.Error](err); ok && (refusal.Code == akhra.Invalid || refusal.Code == akhra.TooLarge) {
		result.Outcome, result.Reason = Refused, refusal.Message
		return result, nil
	}
	return result, err
}

func (r *Room) fill(ctx context.Context, t akhra.Tenant, e entry, result *Result) error {
	if e.refusal != nil {
		return e.refusal
	}
	data, err := r.read(e)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	item := &result.Item
	item.Blob = hex.EncodeToString(sum[:])
	known, err := r.store.KnownBlob(ctx, t, item.Blob)
	if err != nil {
		return fmt.Errorf("look for a known picture: %w", err)
	}
	if known {
		result.Outcome = Known
		return nil
	}
	p, err := r.make(ctx, e.name, data)
	if err != nil {
		return err
	}
	item.Width, item.Height = p.width, p.height
	result.Outcome = Imported
	return r.put(ctx, item, data, p)
}

// read takes the bytes of a file, up to the limit.
func (r *Room) read(e entry) ([]byte, error) {
	file, err := e.open()
	if err != nil {
		return nil, unreadable(e.name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, r.limits.file+1))
	if err != nil {
		return nil, unreadable(e.name, err)
	}
	if int64(len(data)) > r.limits.file {
		return nil, refuse(akhra.TooLarge, e.name, "is larger than %d MB. Save it as JPEG or make it smaller.", r.limits.file>>20)
	}
	return data, nil
}

// unreadable keeps a refusal as it is and makes one of any other failure.
func unreadable(name string, err error) error {
	if _, ok := errors.AsType[*akhra.Error](err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return refuse(akhra.Invalid, name, "could not be read. Check that the file is whole and that this program may read it.")
}

// put keeps the original, its variants and its thumb, side by side because
// each waits for the disk. Equal variants are kept once.
func (r *Room) put(ctx context.Context, item *akhra.Item, original []byte, p *pictures) error {
	var group sync.WaitGroup
	var errs [5]error
	keep := func(slot int, data []byte, hash *string) {
		group.Go(func() { *hash, errs[slot] = r.blobs.PutBytes(ctx, data) })
	}
	keep(0, original, &item.Blob)
	keep(1, p.thumb, &item.Thumb)
	for i := range p.variants {
		if i == 2 || &p.variants[i][0] != &p.variants[i+1][0] {
			keep(2+i, p.variants[i], &item.Variants[i])
		}
	}
	group.Wait()
	for i := 1; i >= 0; i-- {
		if item.Variants[i] == "" {
			item.Variants[i] = item.Variants[i+1]
		}
	}
	if err := errors.Join(errs[:]...); err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	return nil
}
