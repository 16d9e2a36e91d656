package weak_test

import (
	"path/filepath"
	"testing"

	"akhra.dev/akhra/faults/weak"
)

func TestAFaultThatCannotBePlantedIsTold(t *testing.T) {
	t.Parallel()
	if err := weak.Build("../..", filepath.Join(t.TempDir(), "akhra"), weak.Weakness{{"store/db.go", "this is not in the source", ""}}); err == nil {
		t.Error("a control whose fault is not in the product was built")
	}
}
