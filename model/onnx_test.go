package model_test

import (
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/model"
)

// reader is a Python with the packages of onnx/testdata/requirements.txt, which runs ONNX
// files as strangers do: the one that AKHRA_PYTHON names, or the one of .ci/tools.
func reader(t *testing.T) string {
	t.Helper()
	python := os.Getenv("AKHRA_PYTHON")
	if cache, err := os.UserCacheDir(); err == nil && python == "" {
		python = filepath.Join(cache, "akhra", "onnxruntime", "bin", "python")
	}
	if err := exec.Command(python, "-c", "import onnxruntime").Run(); err != nil {
		missing(t, "onnxruntime (.ci/tools installs it)", err)
	}
	return python
}

// ran returns what onnxruntime gives of each input, one row an input.
func ran(t *testing.T, python string, file []byte, inputs [][]float32) [][]float32 {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "model.onnx"), file, 0o600))
	var raw []byte
	for _, in := range inputs {
		for _, v := range in {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "in.f32"), raw, 0o600))
	if out, err := exec.Command(python, "testdata/run.py", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "out.f32"))
	must(t, err)
	rows, width := make([][]float32, len(inputs)), len(raw)/4/len(inputs)
	for i := range rows {
		for k := range width {
			rows[i] = append(rows[i], math.Float32frombits(binary.LittleEndian.Uint32(raw[4*(i*width+k):])))
		}
	}
	return rows
}

// TestFile_ONNXGivesTheSameElsewhere: onnxruntime gives the probabilities of a Predictor
// within 1e-4, however the network is fed, at the limit and for a class never taught.
func TestFile_ONNXGivesTheSameElsewhere(t *testing.T) {
	t.Parallel()
	python := reader(t)
	usual := akhra.DefaultBackboneInput()
	usual.Side = 64
	plain, odd, large := usual, usual, usual
	plain.Mirror = false
	odd.BGR, odd.Mean, odd.Scale = true, [3]float64{120, 115, 104}, [3]float64{58, 57, 255}
	large.Side = 224
	mobile := filepath.Join("..", "..", "shared", "models", "mobilenetv2_035_224_embed.onnx")
	for _, c := range []struct {
		name, path         string
		input              akhra.BackboneInput
		temperature, limit float64
	}{
		{"as it is", "../backend/testdata/small.onnx", plain, 1, 1},
		{"with the mirror", "../backend/testdata/small.onnx", usual, 1.7, .99},
		{"blue first, surer, at the limit", "../backend/testdata/small.onnx", odd, .5, .9},
		{"the network of the design", mobile, large, 1.3, .99},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := os.Stat(c.path); err != nil && c.path == mobile {
				missing(t, "the network of the design", err)
			}
			f := teach(t, false, networkOf(t, c.path, c.input))
			f.Temperature, f.Limit = c.temperature, c.limit
			file, err := f.ONNX()
			must(t, err)
			p, err := f.Predictor(open)
			must(t, err)
			var inputs [][]float32
			var want [][]float64
			for i := range 9 {
				side := c.input.Side
				picture := paint(i%3, uint64(500+i), side)
				row, err := p.Probabilities(t.Context(), nil, picture)
				must(t, err)
				in := make([]float32, 3*side*side)
				for at := range side * side {
					for colour := range 3 {
						in[colour*side*side+at] = float32(picture.Pix[4*at+colour])
					}
				}
				inputs, want = append(inputs, in), append(want, row)
			}
			worst := 0.0
			for i, row := range ran(t, python, file, inputs) {
				for k, v := range row {
					worst = max(worst, math.Abs(float64(v)-want[i][k]))
				}
			}
			if !(worst <= 1e-4) {
				t.Fatalf("the largest difference is %v", worst)
			}
			if c.limit == .9 && slices.Max(want[0]) != c.limit {
				t.Fatalf("the limit is not met: %v", want[0])
			}
			t.Logf("largest difference %.1e, the first picture is %.4f", worst, want[0])
		})
	}
}

// missing skips what needs something that is not here, and fails where it must be.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is needed: %v", what, err)
	}
	t.Skipf("%s is not here: %v", what, err)
}

func TestFile_ONNXSaysWhyNot(t *testing.T) {
	t.Parallel()
	one := small(t, false)
	other := one
	other.Name = "other"
	for _, c := range []struct {
		f    *model.File
		want string
	}{
		{teach(t, true), "built-in features, which an ONNX file cannot hold"},
		{teach(t, true, one), "built-in features"},
		{teach(t, false, one, other), "with 2 networks"},
	} {
		if _, err := c.f.ONNX(); akhra.CodeOf(err) != akhra.Unavailable || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
