//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"akhra.dev/akhra/faults/gate"
	"akhra.dev/akhra/faults/weak"
	"akhra.dev/akhra/history"
)

func main() {
	gate.Through()
	var (
		short  = flag.Bool("short", false, "end within eight minutes")
		only   = flag.String("only", "", "run the faults whose name begins so")
		seed   = flag.Uint64("seed", 1, "where chance starts")
		source = flag.String("source", ".", "the product's source")
	)
	flag.Parse()
	size := long
	if *short {
		size = brief
	}
	if err := breakAll(os.Stdout, os.Stderr, *source, *only, *seed, size); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// size is how long each fault is tried.
type size struct {
	kills, cuts int
	fills       int
	durable     int // of the fsyncs and renames of a scenario, every which one fails
	stride      int // of its writes, every which one
	pictures    int // that rot
	resends     int // answers over the bad line
	syncs       int // cases, with one device and with two
	clocks      int // worlds
}

var (
	long  = size{kills: 200, cuts: 100, fills: 40, durable: 1, stride: 1, pictures: 300, resends: 5000, syncs: 100_000, clocks: 50}
	brief = size{kills: 40, cuts: 30, fills: 10, durable: 1, stride: 30, pictures: 100, resends: 1000, syncs: 2000, clocks: 5}
	least = size{kills: 5, cuts: 4, fills: 2, durable: 2, stride: 400, pictures: 60, resends: 200, syncs: 600, clocks: 2}
)

// run is one pass over the faults.
type run struct {
	source, dir string
	seed        uint64
	size        size
	folders     int
	hit         map[string]int // work that kills of the fault in hand cut off, by kind
	log         io.Writer
}

// folder makes a new one.
func (r *run) folder() string {
	r.folders++
	dir := filepath.Join(r.dir, fmt.Sprint("f", r.folders))
	if err := os.Mkdir(dir, 0o700); err != nil {
		panic(err) // the run's own folder
	}
	return dir
}

// fault is one way to break a house. A control breaks the product as well, and
// must come out as lost or twice.
type fault struct {
	name    string
	root    bool // only root can try it
	control bool
	weak    weak.Weakness
	do      func(r *run, binary string) (history.Account, int, error)
}

// line is what a fault prints; a control prints the first two and the last.
type line struct {
	Fault   string  `json:"fault"`
	Control bool    `json:"control,omitempty"`
	Cycles  int     `json:"cycles"`
	Acked   int     `json:"acked"`
	Lost    int     `json:"lost"`
	Twice   int     `json:"twice"`
	Caught  *bool   `json:"caught,omitempty"`
	Seconds float64 `json:"seconds"`

	UnderWay map[string]int `json:"under_way,omitempty"` // kills that came while there was such work
}

// breakAll tries every fault and prints its line. It fails when one of them
// cost anything, when a control was not caught, or when one could not be tried;
// what needs root is left out without it, but not under CI.
func breakAll(out, log io.Writer, source, only string, seed uint64, s size) (err error) {
	r := &run{seed: seed, size: s, log: log}
	if r.source, err = filepath.Abs(source); err != nil {
		return err
	}
	if r.dir, err = os.MkdirTemp("", "akhra-faults-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.dir)
	bad := []string{}
	for _, f := range faults {
		if !strings.HasPrefix(f.name, only) {
			continue
		}
		if f.root && os.Getuid() != 0 && os.Getenv("CI") != "true" {
			fmt.Fprintf(log, "%s: not tried, for it needs root\n", f.name)
			continue
		}
		one, err := r.try(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if err := json.NewEncoder(out).Encode(one); err != nil {
			return err
		}
		if f.control != (one.Lost+one.Twice > 0) {
			bad = append(bad, f.name)
		}
	}
	if len(bad) > 0 {
		return fmt.Errorf("not as it must be: %s", strings.Join(bad, ", "))
	}
	return nil
}

const complaintsShown = 5

func (r *run) try(f fault) (line, error) {
	start := time.Now()
	binary := filepath.Join(r.dir, "akhra")
	if f.weak != nil {
		binary += "-" + f.name
	}
	if _, err := os.Stat(binary); err != nil {
		if err := weak.Build(r.source, binary, f.weak); err != nil {
			return line{}, err
		}
	}
	r.hit = nil
	sum, cycles, err := f.do(r, binary)
	if f.control && errors.Is(err, errDied) { // what is on the disk cannot even be opened any more
		sum, err = history.Account{Lost: []string{err.Error()}}, nil
	}
	if err != nil {
		return line{}, err
	}
	one := line{Fault: f.name, Control: f.control, Cycles: cycles, Acked: sum.Acked, Lost: len(sum.Lost), Twice: len(sum.Twice), UnderWay: r.hit}
	if f.control {
		caught := !sum.Good()
		one.Caught = &caught
	} else {
		for _, complaint := range append(head(sum.Lost), head(sum.Twice)...) {
			fmt.Fprintf(r.log, "%s: %s\n", f.name, complaint)
		}
	}
	one.Seconds = float64(time.Since(start).Milliseconds()) / 1000
	return one, nil
}

func head(list []string) []string { return list[:min(len(list), complaintsShown)] }
