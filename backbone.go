package akhra

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Limits of a backbone.
const (
	MinBackboneSide = 32
	MaxBackboneSide = 1024
	MaxBackbones    = 4 // in one project's embedder
)

// Backbone is a trained network whose last numbers become part of the vectors of
// pictures. Its file never changes under its name.
type Backbone struct {
	Org     OrgID
	Name    string
	Blob    string // SHA-256 of the ONNX file, hex
	Dim     int    // numbers it gives
	Input   BackboneInput
	Check   []float32 // some of what it gives of a picture made by formula: what it must give on every machine
	Created Millis
}

// BackboneInput is how a picture is fed to a backbone: squashed to Side x Side pixels,
// every value minus Mean and divided by Scale of its colour. With Mirror the picture is
// seen a second time as in a mirror and the numbers are averaged: it costs as much again
// and helps where left and right mean the same.
type BackboneInput struct {
	Side   int        `json:"side"`
	Mean   [3]float64 `json:"mean"`  // of red, green, blue, in 0..255
	Scale  [3]float64 `json:"scale"` // likewise
	BGR    bool       `json:"bgr"`   // blue comes first
	Mirror bool       `json:"mirror"`
}

// DefaultBackboneInput is what mobile networks are usually taught with: 224 pixels,
// values from -1 to 1, and the mirror.
func DefaultBackboneInput() BackboneInput {
	half := [3]float64{127.5, 127.5, 127.5}
	return BackboneInput{Side: 224, Mean: half, Scale: half, Mirror: true}
}

var backboneName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,39}$`)

// Validate tells what is wrong with a backbone before its file is looked at.
func (b *Backbone) Validate() error {
	switch in := b.Input; {
	case !backboneName.MatchString(b.Name):
		return InvalidField("name", "The name of a network has up to 40 small letters, digits, points, hyphens and underscores.")
	case in.Side < MinBackboneSide || in.Side > MaxBackboneSide:
		return InvalidField("side", "The side of the pictures lies between %d and %d pixels.", MinBackboneSide, MaxBackboneSide)
	case slices.ContainsFunc(in.Scale[:], func(v float64) bool { return !(v >= 1e-6 && v <= 1e6) }):
		return InvalidField("scale", "The scale of each colour lies above 0 and below a million.")
	case slices.ContainsFunc(in.Mean[:], func(v float64) bool { return !(v >= -1e6 && v <= 1e6) }):
		return InvalidField("mean", "The mean of each colour is a number below a million.")
	}
	return nil
}

const (
	embedderBuiltin = "builtin"
	embedderONNX    = "onnx:"
)

// ParseEmbedder reads what turns the pictures of a project into numbers: "builtin",
// "onnx:NAME", or several joined by commas. Empty means builtin.
func ParseEmbedder(text string) (builtin bool, backbones []string, err error) {
	for part := range strings.SplitSeq(cmp.Or(text, embedderBuiltin), ",") {
		name, isBackbone := strings.CutPrefix(part, embedderONNX)
		switch {
		case part == embedderBuiltin && !builtin:
			builtin = true
		case isBackbone && name != "" && !slices.Contains(backbones, name) && len(backbones) < MaxBackbones:
			backbones = append(backbones, name)
		default:
			return false, nil, InvalidField("embedder", "The embedder is builtin, onnx:NAME, or both joined by a comma.")
		}
	}
	return builtin, backbones, nil
}
