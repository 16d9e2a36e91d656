package onnx

import (
	"encoding/binary"
	"errors"
	"math"
)

// Wire types of protocol buffers (protobuf.dev, "Encoding").
const (
	wireVarint = iota
	wireFixed64
	wireBytes
	wireGroup
	wireEndGroup
	wireFixed32
)

var errCut = errors.New("the file is cut short or is no ONNX model")

// message is an encoded protocol buffer.
type message []byte

// field is one field of a message: bytes for text, messages and packed lists,
// number for all else.
type field struct {
	id, wire int
	number   uint64
	bytes    message
}

// fields calls visit for every field in order, until the first error.
func (m message) fields(visit func(f field) error) error {
	for len(m) > 0 {
		f, rest, err := m.next()
		if err != nil {
			return err
		}
		if err := visit(f); err != nil {
			return err
		}
		m = rest
	}
	return nil
}

func (m message) next() (f field, rest message, err error) {
	key, rest, err := m.varint()
	if err != nil {
		return f, nil, err
	}
	if key>>3 == 0 || key>>3 > math.MaxInt32 {
		return f, nil, errCut
	}
	f.id, f.wire = int(key>>3), int(key&7)
	switch f.wire {
	case wireVarint:
		f.number, rest, err = rest.varint()
	case wireFixed64:
		f.number, rest, err = rest.fixed(8)
	case wireFixed32:
		f.number, rest, err = rest.fixed(4)
	case wireBytes:
		var size uint64
		if size, rest, err = rest.varint(); err == nil {
			if size > uint64(len(rest)) {
				return f, nil, errCut
			}
			f.bytes, rest = rest[:size], rest[size:]
		}
	default:
		err = errCut
	}
	return f, rest, err
}

func (m message) varint() (uint64, message, error) {
	v, n := binary.Uvarint(m)
	if n <= 0 {
		return 0, nil, errCut
	}
	return v, m[n:], nil
}

func (m message) fixed(size int) (uint64, message, error) {
	if len(m) < size {
		return 0, nil, errCut
	}
	if size == 4 {
		return uint64(binary.LittleEndian.Uint32(m)), m[4:], nil
	}
	return binary.LittleEndian.Uint64(m), m[8:], nil
}

// integers appends what a repeated integer field holds, packed or single.
func (f field) integers(to []int64) ([]int64, error) {
	if f.wire == wireVarint {
		return append(to, int64(f.number)), nil
	}
	if f.wire != wireBytes {
		return nil, errCut
	}
	for rest := f.bytes; len(rest) > 0; {
		v, after, err := rest.varint()
		if err != nil {
			return nil, err
		}
		to, rest = append(to, int64(v)), after
	}
	return to, nil
}

// floats appends what a repeated float field holds, packed or single.
func (f field) floats(to []float32) ([]float32, error) {
	switch {
	case f.wire == wireFixed32:
		return append(to, math.Float32frombits(uint32(f.number))), nil
	case f.wire != wireBytes || len(f.bytes)%4 != 0:
		return nil, errCut
	}
	return appendFloats(to, f.bytes), nil
}

func appendFloats(to []float32, b []byte) []float32 {
	for ; len(b) >= 4; b = b[4:] {
		to = append(to, math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	return to
}
