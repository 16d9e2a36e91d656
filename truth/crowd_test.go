package truth_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"akhra.dev/akhra/truth"
)

// recorded is the folder of one set of recorded answers.
func recorded(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "data", "crowd", name)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the recorded answers are not here: ", err)
	}
	return dir
}

// ids numbers names in the order in which they come.
type ids map[string]int

func (known *ids) number(name string) int {
	if *known == nil {
		*known = ids{}
	}
	n, ok := (*known)[name]
	if !ok {
		n = len(*known)
		(*known)[name] = n
	}
	return n
}

// crowd reads one set of recorded answers with its known truths.
func crowd(t testing.TB, name string) (*truth.Votes, []truth.Vote, []int) {
	t.Helper()
	dir := recorded(t, name)
	var tasks, people, classes ids
	var list []truth.Vote
	for _, row := range table(t, filepath.Join(dir, "answers.csv")) {
		list = append(list, truth.Vote{Task: tasks.number(row[0]), Annotator: people.number(row[1]), Class: classes.number(row[2])})
	}
	real := make([]int, len(tasks))
	for i := range real {
		real[i] = -1
	}
	for _, row := range table(t, filepath.Join(dir, "truth.csv")) {
		k := classes.number(row[1])
		if i, answered := tasks[row[0]]; answered { // what nobody answered is not scored (docs/TRUTH.md 8.1)
			real[i] = k
		}
	}
	return votes(t, len(tasks), len(people), len(classes), list), list, real
}

// table reads the rows of a CSV file, which may be packed.
func table(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	packed := errors.Is(err, fs.ErrNotExist)
	if packed {
		f, err = os.Open(path + ".gz")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if packed {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// bars are the accuracies of docs/TRUTH.md 8.1: what the majority is known for, and
// the floor of the default method.
var bars = map[string]struct{ majority, bds float64 }{
	"adult": {75.8, 74.3}, "bluebird": {75.9, 88.4}, "cf": {88.2, 88.2}, "cf_amt": {85.3, 85.2}, "cifar10n": {91.2, 91.0},
	"dog": {82.2, 83.5}, "face": {63.7, 64.4}, "fact": {89.8, 87.3}, "fej2013": {90.2, 88.0}, "music": {70.4, 78.1},
	"possent": {93.3, 95.5}, "product": {89.7, 93.3}, "reuters": {65.6, 73.1}, "rte": {89.7, 92.4}, "sp": {88.6, 91.1},
	"sp_amt": {94.3, 93.9}, "trec": {65.1, 70.0},
}

func TestRecordedAnswersGiveTheKnownAccuracies(t *testing.T) {
	mean := map[string]float64{}
	for set, bar := range bars {
		t.Run(set, func(t *testing.T) {
			v, _, real := crowd(t, set)
			floors := map[string]float64{"majority": bar.majority - .06, "bds": bar.bds}
			for name, m := range methods(truth.Settings{}) {
				share, n := fit(t, m, v).Right(real)
				t.Logf("%s: %.2f %% of %d", name, 100*share, n)
				mean[name] += 100 * share / float64(len(bars))
				if 100*share < floors[name] {
					t.Errorf("%s: %.2f %%, want %.2f %%", name, 100*share, floors[name])
				}
			}
		})
	}
	if len(mean) > 0 && mean["bds"] < 85 { // empty when the sets are not here
		t.Errorf("mean of the sets: %.2f %%, want 85.0 %%", mean["bds"])
	}
	for name, share := range mean {
		t.Logf("%s: mean %.2f %%", name, share)
	}
}
