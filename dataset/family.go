package dataset

import (
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// FamilyRow is one picture and what each question of its family tells of it, in
// the order of the questions.
type FamilyRow struct {
	Name, Blob string
	Told       []akhra.Row
}

// WriteFamily writes one line for each picture that next hands over: its name,
// two columns for each class, yes or no and the posterior of that, both empty
// while undecided, and the hash of its bytes.
func WriteFamily(w io.Writer, about []string, next func(func(FamilyRow) error) error) error {
	columns := []string{"item"}
	for _, class := range about {
		columns = append(columns, guard(class), guard(class)+" posterior")
	}
	return write(w, append(columns, "sha256"), next, func(r FamilyRow) []string {
		line := []string{guard(r.Name)}
		for _, told := range r.Told {
			posterior := ""
			if told.Class != "" {
				posterior = strconv.FormatFloat(told.Posterior, 'f', 6, 64)
			}
			line = append(line, guard(told.Class), posterior)
		}
		return append(line, r.Blob)
	})
}
