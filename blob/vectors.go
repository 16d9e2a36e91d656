package blob

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"

	"akhra.dev/akhra"
	"akhra.dev/akhra/numeric"
)

// A vector file begins with dim as 4 bytes; then rows follow, each the item's
// seq as 8 bytes and dim float16, all little-endian.

// WriteVectors appends the vectors of pictures to a project's file of one
// recipe version. A row that a kill cut short is dropped by the next call.
func (s *Store) WriteVectors(org, project string, version int64, seqs []int64, dim int, rows [][]float32) error {
	body, err := vectorRows(seqs, dim, rows)
	if err != nil {
		return err
	}
	name, err := vectorFile(org, project, version)
	if err != nil {
		return err
	}
	if err := s.folder(path.Dir(name)); err != nil {
		return err
	}
	return s.appendRows(name, dim, body)
}

// ReplaceVectors writes a project's file of one recipe version anew. A kill
// leaves the old one or the new one.
func (s *Store) ReplaceVectors(org, project string, version int64, seqs []int64, dim int, rows [][]float32) error {
	body, err := vectorRows(seqs, dim, rows)
	if err != nil {
		return err
	}
	to, err := vectorFile(org, project, version)
	if err != nil {
		return err
	}
	name, f, err := s.newScratch()
	if err != nil {
		return err
	}
	if _, err = f.Write(binary.LittleEndian.AppendUint32(nil, uint32(dim))); err == nil {
		_, err = f.Write(body)
	}
	if err = errors.Join(err, f.Sync(), f.Close(), s.folder(path.Dir(to))); err == nil {
		err = s.root.Rename(name, to)
	}
	if err != nil {
		_ = s.root.Remove(name)
		return full(fmt.Errorf("replace vectors: %w", err))
	}
	return s.syncFolder(path.Dir(to))
}

func vectorRows(seqs []int64, dim int, rows [][]float32) ([]byte, error) {
	if len(seqs) != len(rows) {
		return nil, fmt.Errorf("write vectors: %d places for %d rows", len(seqs), len(rows))
	}
	body := make([]byte, 0, len(rows)*rowSize(dim))
	for i, row := range rows {
		if len(row) != dim {
			return nil, fmt.Errorf("write vectors: row %d has %d dimensions, want %d", i, len(row), dim)
		}
		body = binary.LittleEndian.AppendUint64(body, uint64(seqs[i]))
		for _, v := range row {
			body = binary.LittleEndian.AppendUint16(body, numeric.Half(v))
		}
	}
	return body, nil
}

func (s *Store) appendRows(name string, dim int, body []byte) error {
	f, err := s.root.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return full(fmt.Errorf("open vectors: %w", err))
	}
	at, err := wholeRows(f, dim)
	if err == nil {
		_, err = f.WriteAt(body, at)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return full(fmt.Errorf("write vectors: %w", err))
	}
	return nil
}

const vectorHead = 4

// wholeRows gives the end of the last whole row of a vector file and writes
// the head of an empty one.
func wholeRows(f *os.File, dim int) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() < vectorHead {
		_, err := f.WriteAt(binary.LittleEndian.AppendUint32(nil, uint32(dim)), 0)
		return vectorHead, err
	}
	var head [vectorHead]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return 0, err
	}
	if had := int(binary.LittleEndian.Uint32(head[:])); had != dim {
		return 0, fmt.Errorf("the file has %d dimensions, want %d", had, dim)
	}
	rows := (info.Size() - vectorHead) / int64(rowSize(dim))
	return vectorHead + rows*int64(rowSize(dim)), nil
}

func rowSize(dim int) int { return 8 + 2*dim }

// ReadVectors reads a project's vectors of one recipe version; none when
// there is no file.
func (s *Store) ReadVectors(org, project string, version int64) (seqs []int64, dim int, rows [][]float32, err error) {
	name, err := vectorFile(org, project, version)
	if err != nil {
		return nil, 0, nil, err
	}
	raw, err := s.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(raw) < vectorHead {
		return nil, 0, nil, nil
	}
	if err != nil {
		return nil, 0, nil, fmt.Errorf("read vectors: %w", err)
	}
	dim = int(binary.LittleEndian.Uint32(raw))
	raw = raw[vectorHead:]
	n := len(raw) / rowSize(dim)
	seqs, rows = make([]int64, n), make([][]float32, n)
	flat, half := make([]float32, n*dim), numeric.Halves()
	for i := range n {
		row := raw[i*rowSize(dim):]
		seqs[i] = int64(binary.LittleEndian.Uint64(row))
		rows[i] = flat[i*dim : (i+1)*dim]
		for j := range dim {
			rows[i][j] = half[binary.LittleEndian.Uint16(row[8+2*j:])]
		}
	}
	return seqs, dim, rows, nil
}

func vectorFile(org, project string, version int64) (string, error) {
	if !akhra.ValidID(org) || !akhra.ValidID(project) {
		return "", fmt.Errorf("vectors of %q: not an id", project)
	}
	return path.Join("vectors", org, project, strconv.FormatInt(version, 10)), nil
}
