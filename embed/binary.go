package embed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"akhra.dev/akhra/numeric"
)

const (
	recipeFormat = 1
	maxSide      = 1 << 16 // of a stored matrix: a larger one is damage
)

// MarshalBinary writes the recipe: about four megabytes.
func (r *Recipe) MarshalBinary() ([]byte, error) {
	b := []byte{recipeFormat}
	b = appendMatrix(b, &numeric.Matrix{Rows: 1, Cols: patchSize, Data: r.patches.mean})
	b = appendMatrix(b, r.patches.whiten)
	b = appendMatrix(b, r.patches.centres)
	for _, d := range []reducer{r.shapes, r.codes} {
		b = appendMatrix(b, d.basis)
		b = appendMatrix(b, &numeric.Matrix{Rows: 1, Cols: len(d.shift), Data: d.shift})
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *Recipe) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		return errors.New("embed: recipe is empty")
	}
	if b[0] != recipeFormat {
		return fmt.Errorf("embed: recipe has unknown format %d", b[0])
	}
	in := &reader{rest: b[1:]}
	p := &patcher{}
	p.mean = in.matrix(1, patchSize).Data
	p.whiten = in.matrix(patchSize, patchSize)
	p.centres = in.matrix(0, patchSize)
	if in.err == nil && p.centres.Rows > codes {
		in.err = fmt.Errorf("embed: recipe has %d centres", p.centres.Rows)
	}
	shapes := in.reducer(hogSize + colourSize)
	codesBlock := in.reducer(4 * p.centres.Rows)
	if in.err == nil && len(in.rest) > 0 {
		in.err = errors.New("embed: recipe is too long")
	}
	if in.err != nil {
		return in.err
	}
	p.settle()
	p.norms = p.centres.SquaredNorms()
	*r = Recipe{patches: p, shapes: shapes, codes: codesBlock}
	r.ready()
	return nil
}

func appendMatrix(b []byte, m *numeric.Matrix) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Rows))
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Cols))
	for _, v := range m.Data {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// reader takes matrices off the front of rest until the first error.
type reader struct {
	rest []byte
	err  error
}

func (in *reader) reducer(features int) reducer {
	basis := in.matrix(0, features)
	return reducer{basis: basis, shift: in.matrix(1, basis.Rows).Data}
}

// matrix reads one matrix of the given shape; 0 rows is any number. On error it returns an empty one.
func (in *reader) matrix(rows, cols int) *numeric.Matrix {
	if in.err != nil {
		return &numeric.Matrix{}
	}
	if len(in.rest) < 8 {
		in.err = errors.New("embed: recipe is cut short")
		return &numeric.Matrix{}
	}
	gotRows, gotCols := int(binary.LittleEndian.Uint32(in.rest)), int(binary.LittleEndian.Uint32(in.rest[4:]))
	in.rest = in.rest[8:]
	if gotCols != cols || (rows > 0 && gotRows != rows) || gotRows < 1 || gotRows > maxSide {
		in.err = fmt.Errorf("embed: recipe holds a %dx%d matrix, want %dx%d", gotRows, gotCols, rows, cols)
		return &numeric.Matrix{}
	}
	if len(in.rest) < 4*gotRows*gotCols {
		in.err = errors.New("embed: recipe is cut short")
		return &numeric.Matrix{}
	}
	m := numeric.NewMatrix(gotRows, gotCols)
	for i := range m.Data {
		m.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(in.rest[4*i:]))
	}
	in.rest = in.rest[4*len(m.Data):]
	return m
}
