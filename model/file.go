package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/onnx"
)

const (
	magic    = "AKHRAMDL"
	format   = 1
	maxParts = 32
)

// Names of the parts, and how large each may be.
const (
	partAbout       = "about"
	partHead        = "head"
	partRecipe      = "recipe"
	partCertificate = "certificate"
	partNetwork     = "network:"

	maxSmall = 64 << 20 // bytes of any part but a network
)

// MaxFile limits the bytes of a whole file.
const MaxFile = akhra.MaxBackbones*onnx.MaxFile + 4*maxSmall

// File is a taught model with all it needs.
type File struct {
	About
	Head        *learn.Head
	Recipe      *embed.Recipe
	Certificate json.RawMessage // of the classes that the project delivered, not of pictures from elsewhere; nil without one
}

// damaged is the sentence about a file that cannot be used.
func damaged(format string, args ...any) error {
	return akhra.Errorf(akhra.Invalid, "The model file is damaged: %s. Take it from the project once more.", fmt.Sprintf(format, args...))
}

// Write writes the file.
func (f *File) Write(w io.Writer) error {
	about, err := json.Marshal(f.About)
	if err != nil {
		return fmt.Errorf("write about the model: %w", err)
	}
	head, err := f.Head.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	recipe, err := f.Recipe.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write the recipe: %w", err)
	}
	parts := []part{{partAbout, about}, {partHead, head}, {partRecipe, recipe}}
	if f.Certificate != nil {
		parts = append(parts, part{partCertificate, f.Certificate})
	}
	for _, n := range f.Networks {
		parts = append(parts, part{partNetwork + n.Name, n.File})
	}
	start := binary.LittleEndian.AppendUint32([]byte(magic), format)
	if _, err := w.Write(binary.LittleEndian.AppendUint32(start, uint32(len(parts)))); err != nil {
		return err
	}
	for _, p := range parts {
		if err := p.write(w); err != nil {
			return err
		}
	}
	return nil
}

// part is one named run of bytes.
type part struct {
	name string
	body []byte
}

func (p part) write(w io.Writer) error {
	sum := sha256.Sum256(p.body)
	b := append([]byte{byte(len(p.name))}, p.name...)
	b = append(binary.LittleEndian.AppendUint64(b, uint64(len(p.body))), sum[:]...)
	if _, err := w.Write(b); err != nil {
		return err
	}
	_, err := w.Write(p.body)
	return err
}

// Read reads a file and checks it whole: lengths, sums, and that its parts fit together.
// It takes little more memory than the file, whatever the file says.
func Read(b []byte) (*File, error) {
	parts, err := readParts(b)
	if err != nil {
		return nil, err
	}
	f := &File{Head: &learn.Head{}, Recipe: &embed.Recipe{}}
	if err := json.Unmarshal(parts[partAbout], &f.About); err != nil {
		return nil, damaged("what it says of itself cannot be read")
	}
	if err := f.validate(); err != nil {
		return nil, err
	}
	if err := f.Head.UnmarshalBinary(parts[partHead]); err != nil {
		return nil, damaged("%v", err)
	}
	if err := f.Recipe.UnmarshalBinary(parts[partRecipe]); err != nil {
		return nil, damaged("%v", err)
	}
	if c, ok := parts[partCertificate]; ok {
		if !json.Valid(c) {
			return nil, damaged("its certificate cannot be read")
		}
		f.Certificate = c
	}
	for i := range f.Networks {
		f.Networks[i].File = parts[partNetwork+f.Networks[i].Name]
	}
	return f, f.fits()
}

// fits checks that the parts belong together.
func (f *File) fits() error {
	if f.Head.Classes != len(f.Classes) || f.Head.Dim != f.Recipe.Dim() {
		return damaged("its head tells %d classes by %d numbers, not %d by %d", f.Head.Classes, f.Head.Dim, len(f.Classes), f.Recipe.Dim())
	}
	if slices.ContainsFunc(f.Head.W, func(w float64) bool { return math.IsNaN(w) || math.IsInf(w, 0) }) {
		return damaged("a weight is no number")
	}
	names := f.Recipe.Networks()
	if len(names) != len(f.Networks) {
		return damaged("its recipe reads %d networks and it holds %d", len(names), len(f.Networks))
	}
	for i, n := range f.Networks {
		sum := sha256.Sum256(n.File)
		if basis, _ := f.Recipe.Directions(i); n.Name != names[i] || n.Dim != basis.Cols || hex.EncodeToString(sum[:]) != n.SHA256 {
			return damaged("the network %s is not the one it was taught with", n.Name)
		}
	}
	return nil
}

// readParts cuts the file into its parts, each checked against its sum.
func readParts(b []byte) (map[string][]byte, error) {
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok || len(rest) < 8 {
		return nil, akhra.Errorf(akhra.Invalid, "The file is no taught model of Akhra. `akhra model export` writes one.")
	}
	if v := binary.LittleEndian.Uint32(rest); v != format {
		return nil, akhra.Errorf(akhra.Invalid, "The model file has the format %d, and this version of Akhra reads %d. Use the version that wrote it.", v, format)
	}
	n := binary.LittleEndian.Uint32(rest[4:])
	if n > maxParts {
		return nil, damaged("it has %d parts", n)
	}
	parts := map[string][]byte{}
	for rest = rest[8:]; n > 0; n-- {
		p, after, err := readPart(rest)
		if err != nil {
			return nil, err
		}
		if _, twice := parts[p.name]; twice {
			return nil, damaged("the part %q is there twice", p.name)
		}
		parts[p.name], rest = p.body, after
	}
	if len(rest) > 0 {
		return nil, damaged("it is too long")
	}
	return parts, nil
}

func readPart(b []byte) (p part, rest []byte, err error) {
	const fixed = 8 + sha256.Size
	cut := damaged("it is cut short")
	if len(b) < 1 || len(b) < 1+int(b[0])+fixed {
		return p, nil, cut
	}
	p.name, b = string(b[1:1+int(b[0])]), b[1+int(b[0]):]
	size, sum, b := binary.LittleEndian.Uint64(b), b[8:fixed], b[fixed:]
	if size > uint64(len(b)) {
		return p, nil, cut
	}
	limit := uint64(maxSmall)
	if len(p.name) > len(partNetwork) && p.name[:len(partNetwork)] == partNetwork {
		limit = onnx.MaxFile
	}
	if size > limit {
		return p, nil, damaged("the part %q is too large", p.name)
	}
	p.body = b[:size:size]
	if got := sha256.Sum256(p.body); !bytes.Equal(got[:], sum) {
		return p, nil, damaged("the part %q was changed", p.name)
	}
	return p, b[size:], nil
}
