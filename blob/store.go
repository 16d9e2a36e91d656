package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"akhra.dev/akhra"
)

// Store is a folder of blobs. It is safe for concurrent use; no file outside
// the folder can be reached through it.
type Store struct {
	root  *os.Root
	fault chan error

	removing sync.RWMutex // held while a blob goes, shared while one is found to be here

	mu   sync.Mutex
	made map[string]bool // folders that exist and are synced
	next uint64
}

// Open opens a folder of blobs, made if need be, and clears what an earlier
// process left half written.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, scratch)); err != nil { // a link is removed, not followed
		return nil, fmt.Errorf("clear scratch files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	s := &Store{root: root, fault: make(chan error, 1), made: map[string]bool{}}
	return s, nil
}

// scratch is where files lie until they are whole.
const scratch = "scratch"

// Close lets the folder go.
func (s *Store) Close() error { return s.root.Close() }

// Fault delivers the error of a disk that could not make bytes durable: it may
// have dropped them and say next time that all is well. The process should end
// when it arrives; a full disk is no fault.
func (s *Store) Fault() <-chan error { return s.fault }

func (s *Store) noteFault(err error) {
	if err == nil || IsFull(err) {
		return
	}
	select {
	case s.fault <- err:
	default: // one is enough
	}
}

// Put stores what it reads and returns its SHA-256 in hex and its size. When
// it returns without an error the bytes survive a power cut. Bytes that are
// stored already cost a read and no write to their place.
func (s *Store) Put(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	name, f, err := s.newScratch()
	if err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	if size, err = io.Copy(io.MultiWriter(f, sum), reader{ctx, r}); err == nil {
		err = f.Sync()
		s.noteFault(err)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = s.root.Remove(name)
		return "", 0, full(fmt.Errorf("write blob: %w", err))
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	return hash, size, s.settle(name, hash, size)
}

// PutBytes stores bytes that are in memory and returns their SHA-256 in hex.
func (s *Store) PutBytes(ctx context.Context, body []byte) (string, error) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	if s.here(hash, int64(len(body))) {
		return hash, s.syncFolder(path.Dir(place(hash)))
	}
	_, _, err := s.Put(ctx, bytes.NewReader(body))
	return hash, err
}

// settle moves a whole scratch file to its place. The same bytes put twice at
// once are no harm: the second rename replaces equal bytes.
func (s *Store) settle(name, hash string, size int64) error {
	to := place(hash)
	if s.here(hash, size) {
		return errors.Join(s.syncFolder(path.Dir(to)), s.root.Remove(name)) // who named it may not have synced the name yet
	}
	if err := s.folder(path.Dir(to)); err != nil {
		return err
	}
	if err := s.root.Rename(name, to); err != nil {
		return full(fmt.Errorf("name blob: %w", err))
	}
	return s.syncFolder(path.Dir(to))
}

// Get reads a blob whole and verifies it. It fails with not found when there
// is none and with internal when the bytes on disk are not those that were
// stored.
func (s *Store) Get(_ context.Context, hash string) ([]byte, error) {
	if !validHash(hash) {
		return nil, missing(fs.ErrNotExist)
	}
	body, err := s.root.ReadFile(place(hash))
	if err != nil {
		return nil, missing(err)
	}
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != hash {
		return nil, akhra.Errorf(akhra.Internal, "blob %s is damaged on disk", hash)
	}
	return body, nil
}

// Open opens a blob for reading in pieces, without verifying it.
func (s *Store) Open(hash string) (io.ReadSeekCloser, error) {
	if !validHash(hash) {
		return nil, missing(fs.ErrNotExist)
	}
	f, err := s.root.Open(place(hash))
	if err != nil {
		return nil, missing(err)
	}
	return f, nil
}

func place(hash string) string { return path.Join(hash[:2], hash[2:4], hash) }

func validHash(hash string) bool {
	raw, err := hex.DecodeString(hash)
	return err == nil && len(raw) == sha256.Size
}

func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return akhra.Errorf(akhra.NotFound, "There is no such file.")
	}
	return fmt.Errorf("read blob: %w", err)
}

// full turns a full disk into its sentence.
func full(err error) error {
	if IsFull(err) {
		return akhra.Errorf(akhra.Unavailable, "The disk is full. Free some space and try again; what was stored is safe.")
	}
	return err
}

// reader ends a copy when its context does.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
