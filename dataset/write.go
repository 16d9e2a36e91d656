package dataset

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"akhra.dev/akhra"
)

// The columns of the two files are a contract with people's scripts.
var (
	consensusColumns = []string{"item", "class", "posterior", "answers", "state", "source", "method", "model_version", "sha256", "batch"}
	voteColumns      = []string{"item", "annotator", "answer", "class", "reason", "after_seen", "round", "stored_ms", "took_ms", "id", "batch"}
)

// WriteConsensus writes one line for each row that next hands over. A row
// without a class has an empty posterior.
func WriteConsensus(w io.Writer, next func(func(akhra.Row) error) error) error {
	return write(w, consensusColumns, next, func(r akhra.Row) []string {
		posterior := ""
		if r.Class != "" {
			posterior = strconv.FormatFloat(r.Posterior, 'f', 6, 64)
		}
		return []string{guard(r.Name), guard(r.Class), posterior, strconv.Itoa(r.Answers), string(r.State), guard(r.Source), guard(r.Method),
			strconv.FormatInt(r.ModelVersion, 10), r.Blob, guard(r.Batch)}
	})
}

// WriteVotes writes one line for each vote that next hands over.
func WriteVotes(w io.Writer, next func(func(akhra.Vote) error) error) error {
	return write(w, voteColumns, next, func(v akhra.Vote) []string {
		return []string{guard(v.Name), guard(v.Annotator), string(v.Answer), guard(v.Class), guard(v.Reason), strconv.FormatBool(v.AfterSeen),
			strconv.Itoa(v.Round), strconv.FormatInt(int64(v.Stored), 10), strconv.FormatInt(v.TookMs, 10), string(v.ID), guard(v.Batch)}
	})
}

func write[T any](w io.Writer, columns []string, next func(func(T) error) error, line func(T) []string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write columns: %w", err)
	}
	if err := next(func(row T) error { return out.Write(line(row)) }); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	return nil
}

// guard puts an apostrophe before text that a spreadsheet would take for a
// formula, and before text that already has a guard, so that unguard restores
// every text.
func guard(text string) string {
	if formula(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// unguard takes back what guard put there.
func unguard(text string) string {
	if rest, found := strings.CutPrefix(text, "'"); found && formula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return text
}

// formula tells whether a spreadsheet would calculate with the text.
func formula(text string) bool {
	return text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0]))
}
