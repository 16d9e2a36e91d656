package onnx_test

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"akhra.dev/akhra/onnx"
)

// golden is what onnxruntime made of a graph (testdata/make.py).
type golden struct {
	Input  []int     `json:"input"`
	Shape  []int     `json:"shape"`
	Output []float32 `json:"output"`
}

// numbers is the input of the small graphs.
func numbers(shape []int) []float32 {
	n := 1
	for _, d := range shape {
		n *= d
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = float32((i*i*31+i*17)&255)/64 - 2
	}
	return out
}

// picture is the input of the networks: bytes by formula.
func picture(side int, value func(b float32) float32) []float32 {
	var out []float32
	for c := range 3 {
		for y := range side {
			for x := range side {
				out = append(out, value(float32((x*3+y*5+c*67+((x*y)>>3))&255)))
			}
		}
	}
	return out
}

// near fails unless the values agree to 1e-4 of the largest wanted one.
func near(t *testing.T, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d values, want %d", len(got), len(want))
	}
	scale, worst := 1e-3, 0.0
	for _, v := range want {
		scale = max(scale, math.Abs(float64(v)))
	}
	for i := range want {
		off := math.Abs(float64(got[i])-float64(want[i])) / scale
		if !(off <= 1e-4) {
			t.Fatalf("value %d is %v, want %v", i, got[i], want[i])
		}
		worst = max(worst, off)
	}
	t.Logf("largest difference %.1e", worst)
}

func mustLoad(t testing.TB, path string) *onnx.Model {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	model, err := onnx.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func mustRun(t testing.TB, model *onnx.Model, shape []int, input []float32) (*onnx.Session, onnx.Tensor) {
	t.Helper()
	session, err := model.Session(shape)
	if err != nil {
		t.Fatal(err)
	}
	out, err := session.Run(input)
	if err != nil {
		t.Fatal(err)
	}
	return session, out[0]
}

// TestOperatorsAgreeWithOnnxruntime runs one small graph for each way an operator can
// be set, twice, so that what a session keeps from a run cannot spoil the next.
func TestOperatorsAgreeWithOnnxruntime(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("testdata/operators.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]golden
	if err := json.Unmarshal(body, &cases); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/operators/*.onnx")
	if err != nil || len(files) != len(cases) {
		t.Fatalf("%d graphs and %d results: %v", len(files), len(cases), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".onnx")
		t.Run(name, func(t *testing.T) {
			want := cases[name]
			session, out := mustRun(t, mustLoad(t, file), want.Input, numbers(want.Input))
			if !slices.Equal(out.Shape, want.Shape) {
				t.Fatalf("shape %v, want %v", out.Shape, want.Shape)
			}
			near(t, out.Data, want.Output)
			again, err := session.Run(numbers(want.Input))
			if err != nil {
				t.Fatal(err)
			}
			near(t, again[0].Data, want.Output)
		})
	}
}

// models is the folder of the networks of the design.
func models(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "models")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the networks of the design are needed here: %v", err)
		}
		t.Skipf("the networks of the design are not beside this checkout: %v", err)
	}
	return dir
}

func floats(t *testing.T, path string) []float32 {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func centred(b float32) float32 { return b/127.5 - 1 }

func TestNetworksAgreeWithOnnxruntime(t *testing.T) {
	t.Parallel()
	dir := models(t)
	for _, c := range []struct {
		name, file string
		side, step int
		value      func(b float32) float32
		shape      []int
	}{
		{"mobilenet-224", "mobilenetv2_035_224_embed.onnx", 224, 1, centred, []int{1, 1280}},
		{"mobilenet-128", "mobilenetv2_035_224_embed.onnx", 128, 1, centred, []int{1, 1280}},
		{"fastestdet", "FastestDet.onnx", 352, 41, func(b float32) float32 { return b / 255 }, []int{1, 85, 22, 22}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, out := mustRun(t, mustLoad(t, filepath.Join(dir, c.file)), []int{1, 3, c.side, c.side}, picture(c.side, c.value))
			if !slices.Equal(out.Shape, c.shape) {
				t.Fatalf("shape %v, want %v", out.Shape, c.shape)
			}
			var got []float32
			for i := 0; i < len(out.Data); i += c.step {
				got = append(got, out.Data[i])
			}
			near(t, got, floats(t, filepath.Join("testdata", c.name+".f32")))
		})
	}
}

func BenchmarkNetwork(b *testing.B) {
	for _, c := range []struct {
		name, file string
		side       int
	}{
		{"mobilenet-224", "mobilenetv2_035_224_embed.onnx", 224},
		{"mobilenet-128", "mobilenetv2_035_224_embed.onnx", 128},
		{"fastestdet-352", "FastestDet.onnx", 352},
	} {
		b.Run(c.name, func(b *testing.B) {
			input := picture(c.side, centred)
			session, _ := mustRun(b, mustLoad(b, filepath.Join(models(b), c.file)), []int{1, 3, c.side, c.side}, input)
			b.ReportAllocs()
			before := processorTime()
			for b.Loop() {
				if _, err := session.Run(input); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((processorTime()-before)/float64(b.N), "cpu-ms/op")
		})
	}
}

// processorTime is what the process has used, in milliseconds: on a shared machine it
// tells more than the clock.
func processorTime() float64 {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}
