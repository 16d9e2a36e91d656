package embed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"akhra.dev/akhra/numeric"
)

const (
	formatBuiltin = 1       // the built-in blocks alone
	formatBlocks  = 2       // with or without them, then networks
	maxSide       = 1 << 16 // of a stored matrix: a larger one is damage
	maxNetworks   = 16
)

// MarshalBinary writes the recipe: about four megabytes, one more for each network.
func (r *Recipe) MarshalBinary() ([]byte, error) {
	b := []byte{formatBuiltin}
	if len(r.networks) > 0 || r.patches == nil {
		b = []byte{formatBlocks, 0, byte(len(r.networks))}
		if r.patches != nil {
			b[1] = 1
		}
	}
	if r.patches != nil {
		b = appendMatrix(b, &numeric.Matrix{Rows: 1, Cols: patchSize, Data: r.patches.mean})
		b = appendMatrix(b, r.patches.whiten)
		b = appendMatrix(b, r.patches.centres)
		b = r.codes.append(r.shapes.append(b))
	}
	for _, n := range r.networks {
		if len(n.name) > math.MaxUint8 {
			return nil, fmt.Errorf("embed: the name of block %s is too long", n.name)
		}
		b = append(append(b, byte(len(n.name))), n.name...)
		b = n.append(b)
	}
	return b, nil
}

func (d reducer) append(b []byte) []byte {
	b = appendMatrix(b, d.basis)
	return appendMatrix(b, &numeric.Matrix{Rows: 1, Cols: len(d.shift), Data: d.shift})
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *Recipe) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		return errors.New("embed: recipe is empty")
	}
	in := &reader{rest: b[1:]}
	builtin, networks := true, 0
	switch b[0] {
	case formatBuiltin:
	case formatBlocks:
		builtin, networks = in.byte() != 0, in.byte()
	default:
		return fmt.Errorf("embed: recipe has unknown format %d", b[0])
	}
	read := Recipe{}
	if builtin {
		in.builtin(&read)
	}
	if networks > maxNetworks || networks == 0 && !builtin {
		return fmt.Errorf("embed: recipe has %d networks", networks)
	}
	for range networks {
		name := in.text()
		read.networks = append(read.networks, network{name, in.reducer(0)})
	}
	if in.err == nil && len(in.rest) > 0 {
		in.err = errors.New("embed: recipe is too long")
	}
	if in.err != nil {
		return in.err
	}
	*r = read
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

func (in *reader) byte() int {
	if in.err != nil || len(in.rest) == 0 {
		in.cut()
		return 0
	}
	b := in.rest[0]
	in.rest = in.rest[1:]
	return int(b)
}

func (in *reader) text() string {
	n := in.byte()
	if in.err != nil || len(in.rest) < n {
		in.cut()
		return ""
	}
	text := string(in.rest[:n])
	in.rest = in.rest[n:]
	return text
}

func (in *reader) cut() {
	if in.err == nil {
		in.err = errors.New("embed: recipe is cut short")
	}
}

// builtin reads the patcher and the two built-in blocks.
func (in *reader) builtin(r *Recipe) {
	p := &patcher{}
	p.mean = in.matrix(1, patchSize).Data
	p.whiten = in.matrix(patchSize, patchSize)
	p.centres = in.matrix(0, patchSize)
	if in.err == nil && p.centres.Rows > codes {
		in.err = fmt.Errorf("embed: recipe has %d centres", p.centres.Rows)
	}
	r.shapes = in.reducer(hogSize + colourSize)
	r.codes = in.reducer(4 * p.centres.Rows)
	if in.err != nil {
		return
	}
	p.settle()
	p.norms = p.centres.SquaredNorms()
	r.patches = p
}

// reducer reads one block of the given number of features; 0 is any number.
func (in *reader) reducer(features int) reducer {
	basis := in.matrix(0, features)
	return reducer{basis: basis, shift: in.matrix(1, basis.Rows).Data}
}

// matrix reads one matrix of the given shape; 0 is any number. On error it returns an empty one.
func (in *reader) matrix(rows, cols int) *numeric.Matrix {
	if in.err != nil {
		return &numeric.Matrix{}
	}
	if len(in.rest) < 8 {
		in.cut()
		return &numeric.Matrix{}
	}
	gotRows, gotCols := int(binary.LittleEndian.Uint32(in.rest)), int(binary.LittleEndian.Uint32(in.rest[4:]))
	in.rest = in.rest[8:]
	if cols == 0 {
		cols = min(gotCols, maxSide)
	}
	if gotCols != cols || gotCols < 1 || (rows > 0 && gotRows != rows) || gotRows < 1 || gotRows > maxSide {
		in.err = fmt.Errorf("embed: recipe holds a %dx%d matrix, want %dx%d", gotRows, gotCols, rows, cols)
		return &numeric.Matrix{}
	}
	if len(in.rest) < 4*gotRows*gotCols {
		in.cut()
		return &numeric.Matrix{}
	}
	m := numeric.NewMatrix(gotRows, gotCols)
	for i := range m.Data {
		m.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(in.rest[4*i:]))
	}
	in.rest = in.rest[4*len(m.Data):]
	return m
}
