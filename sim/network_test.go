package sim_test

import (
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/sim"
)

// stripes writes pictures of three classes, told apart by how wide their stripes are,
// and their labels, every fifth for testing.
func stripes(t *testing.T, n int) (dir, labels string) {
	t.Helper()
	dir = t.TempDir()
	chance := rand.New(rand.NewPCG(5, 6))
	rows := [][]string{{"file", "label", "split"}}
	for i := range n {
		k, shift := i%3, chance.IntN(64)
		picture := image.NewRGBA(image.Rect(0, 0, 80, 80))
		for y := range 80 {
			for x := range 80 {
				v := byte(60*((x+shift)/(3+5*k)%2) + chance.IntN(60))
				picture.SetRGBA(x, y, color.RGBA{v, v + 40, v + byte(shift), 255})
			}
		}
		name := fmt.Sprintf("p%03d.png", i)
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, picture); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		split := "train"
		if i%5 == 4 {
			split = "test"
		}
		rows = append(rows, []string{name, fmt.Sprint("stripes ", k), split})
	}
	labels = filepath.Join(dir, "labels.csv")
	file, err := os.Create(labels)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := csv.NewWriter(file).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return dir, labels
}

const smallNetwork = "../backend/testdata/small.onnx"

// TestRun_NetworksJoinTheVectors: built-in blocks, a network and both each teach a
// model; the same seed gives the same result, from the cache too.
func TestRun_NetworksJoinTheVectors(t *testing.T) {
	t.Parallel()
	dir, labels := stripes(t, 150)
	for _, embedder := range []string{"onnx:" + smallNetwork + "@64", "builtin,onnx:" + smallNetwork} {
		cache := &sim.Cache{}
		var results []sim.Result
		for range 2 {
			r, err := sim.Run(t.Context(), sim.Options{Images: dir, Labels: labels, Embedder: embedder, Target: .9, Seed: 3, Cache: cache})
			if err != nil {
				t.Fatal(err)
			}
			r.Seconds = 0
			results = append(results, r)
		}
		if !reflect.DeepEqual(results[0], results[1]) {
			t.Errorf("%s: the second run differs", embedder)
		}
		last := results[0].Points[len(results[0].Points)-1]
		if results[0].Embedder != embedder || last.ModelAccuracy == nil || *last.ModelAccuracy < .8 {
			t.Errorf("%s: %+v", embedder, last)
		}
	}
}

func TestRun_RefusesAnEmbedderThatIsNone(t *testing.T) {
	t.Parallel()
	dir, labels := stripes(t, 6)
	for embedder, code := range map[string]akhra.Code{
		"magic":                                  akhra.Invalid,
		"builtin,builtin":                        akhra.Invalid,
		"onnx:" + smallNetwork + "@large":        akhra.Invalid,
		"onnx:nowhere.onnx":                      akhra.NotFound,
		"onnx:" + filepath.Join(dir, "p000.png"): akhra.Invalid,
	} {
		_, err := sim.Run(t.Context(), sim.Options{Images: dir, Labels: labels, Embedder: embedder, Seed: 1})
		if akhra.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", embedder, err, code)
		}
	}
}
