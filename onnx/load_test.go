package onnx

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func stored(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "operators", name+".onnx"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoadRefusesWhatItCannotRunByName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, graph, old, new, want string }{
		{"Operator", "relu", "Relu", "Gelu", `the operator Gelu of the node "n0" is not among those that run here`},
		{"Setting", "softmax", "axis", "oxis", `the node "n0" (Softmax) has the setting "oxis", which is not run here`},
		{"Mode", "resize", "asymmetric", "osymmetric", `has coordinate_transformation_mode = "osymmetric", which is not run here`},
		{"UnknownInput", "relu", "\x0a\x01x\x12\x01y", "\x0a\x01z\x12\x01y", `the node "n0" (Relu) uses "z", which no earlier node computes`},
		{"MissingOutput", "relu", "\x12\x01y\x1a", "\x12\x01q\x1a", `the output "y" is computed by no node`},
		{"OutputTwice", "relu", "\x12\x01y\x1a", "\x12\x01x\x1a", `the node "n0" (Relu) gives "x", which exists already`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bytes.ReplaceAll(stored(t, c.graph), []byte(c.old), []byte(c.new))
			if _, err := Load(b); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestLoadRefusesAFileThatIsCutAnywhere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"conv-norm-relu", "reshape", "resize"} {
		whole := stored(t, name)
		for n := range whole {
			if m, err := Load(whole[:n]); err == nil && len(m.steps) > 0 && n < len(whole)-8 {
				t.Fatalf("%s cut to %d of %d bytes was taken", name, n, len(whole))
			}
		}
	}
	if _, err := Load([]byte("\x89PNG\r\n\x1a\n")); err == nil {
		t.Fatal("a picture was taken")
	}
}

// encode writes one field of a protocol buffer.
func encode(id int, body []byte) []byte {
	b := binary.AppendUvarint(nil, uint64(id<<3|wireBytes))
	return append(binary.AppendUvarint(b, uint64(len(body))), body...)
}

func TestLoadRefusesSizesThatLie(t *testing.T) {
	t.Parallel()
	dims := func(values ...uint64) (b []byte) {
		for _, v := range values {
			b = binary.AppendUvarint(append(b, 1<<3), v)
		}
		return b
	}
	tensor := func(parts ...[]byte) []byte { return encode(7, encode(5, bytes.Join(parts, nil))) }
	kind := []byte{2 << 3, kindFloat}
	for name, b := range map[string][]byte{
		"MoreThanStored": tensor(dims(1<<20), kind),
		"Overflow":       tensor(dims(1<<25, 1<<25, 1<<25), kind),
		"Negative":       tensor(dims(math.MaxUint64), kind),
		"ManySides":      tensor(dims(1, 1, 1, 1, 1, 1, 1, 1, 1), kind, encode(9, make([]byte, 4))),
		"UnknownKind":    tensor(dims(1), []byte{2 << 3, 11}, encode(9, make([]byte, 8))),
		"OtherFile":      tensor(dims(1), kind, []byte{14 << 3, 1}),
		"LengthBeyond":   append(binary.AppendUvarint(nil, 7<<3|wireBytes), 0xff, 0xff, 0xff, 0xff, 0x0f),
	} {
		if _, err := Load(append(encode(8, []byte{2 << 3, 17}), b...)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestSessionRefusesShapesThatDoNotFit(t *testing.T) {
	t.Parallel()
	m, err := Load(stored(t, "conv-3x3"))
	if err != nil {
		t.Fatal(err)
	}
	m.Inputs[0].Shape = []int{0, 0, 0, 0} // as a file that leaves all sizes open
	for _, shape := range [][]int{nil, {1, 3, 6}, {1, 4, 6, 5}, {1, 3, 0, 5}, {1, 3, -1, 5}, {1, 3, 1 << 13, 1 << 13}, {1 << 30, 3, 1 << 30, 5}} {
		if _, err := m.Session(shape); err == nil {
			t.Errorf("%v was taken", shape)
		}
	}
	s, err := m.Session([]int{2, 3, 5, 9})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(make([]float32, 7)); err == nil {
		t.Error("too few values were taken")
	}
}

func TestConvolutionsDoWhatFollowsThem(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"conv-norm-relu": 1, "conv-relu6": 1, "conv-depthwise-norm": 1, "add-self": 2} {
		m, err := Load(stored(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(m.steps) != want {
			t.Errorf("%s has %d steps, want %d", name, len(m.steps), want)
		}
	}
}

// FuzzLoad: whatever the bytes, an error or a model that runs without a panic.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/operators/*.onnx")
	if err != nil || len(files) == 0 {
		f.Fatalf("no graphs to begin with: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Load(b)
		if err != nil {
			return
		}
		var shapes [][]int
		var inputs [][]float32
		for _, p := range m.Inputs {
			shape := make([]int, len(p.Shape))
			for i, d := range p.Shape {
				shape[i] = max(d, 1)
			}
			shapes = append(shapes, shape)
		}
		s, err := m.Session(shapes...)
		if err != nil {
			return
		}
		work := 0.0
		for _, p := range s.plans {
			work += p.work + float64(product(p.shape))
		}
		for _, shape := range shapes {
			inputs = append(inputs, make([]float32, product(shape)))
		}
		if work > 1e6 {
			return
		}
		if _, err := s.Run(inputs...); err != nil {
			t.Fatal(err)
		}
	})
}
