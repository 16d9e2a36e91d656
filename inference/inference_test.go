package inference

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/truth"
)

// BenchmarkInfer fits every method to every set of answers in the folder that
// AKHRA_CROWD names: from answers in memory, their names still to be numbered,
// to posteriors. cpu-s/op is processor time, which other work does not change.
func BenchmarkInfer(b *testing.B) {
	for _, pattern := range []string{"*/answers.csv", "*/answers.csv.gz"} {
		files, _ := filepath.Glob(filepath.Join(os.Getenv("AKHRA_CROWD"), pattern)) // the pattern is sound
		for _, path := range files {
			b.Run(filepath.Base(filepath.Dir(path)), func(b *testing.B) {
				f := Files{Answers: recorded(b, path)}
				for _, method := range truth.Names() {
					b.Run(method, func(b *testing.B) {
						before := processorTime(b)
						for b.Loop() {
							if _, err := f.Infer(method); err != nil {
								b.Skip(err) // it says why it does not fit this set
							}
						}
						b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s/op")
					})
				}
			})
		}
	}
}

func recorded(b *testing.B, path string) (answers []dataset.Answer) {
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := dataset.ReadAnswers(file, func(a dataset.Answer) error { answers = append(answers, a); return nil }); err != nil {
		b.Fatal(err)
	}
	return answers
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
