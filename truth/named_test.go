package truth_test

import (
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra/truth"
)

func TestEveryNamedMethodFits(t *testing.T) {
	if !slices.Contains(truth.Names(), "auto") {
		t.Errorf("names are %v", truth.Names())
	}
	for _, name := range truth.Names() {
		m, err := truth.Named(name, truth.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		r := fit(t, m, votes(t, 4, 3, 2, fixture))
		if class, _ := r.Best(2); class != 0 || (r.Reason != "") != (name == "auto") || (r.Method != "") != (name == "auto") {
			t.Errorf("%s: class %d, method %q, reason %q", name, class, r.Method, r.Reason)
		}
	}
}

func TestAnUnknownMethodIsToldWhichThereAre(t *testing.T) {
	_, err := truth.Named("mace", truth.Settings{})
	if err == nil || !strings.Contains(err.Error(), `"mace"`) || !strings.Contains(err.Error(), "majority") {
		t.Error(err)
	}
}
