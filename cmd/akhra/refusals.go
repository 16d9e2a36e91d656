package main

import "fmt"

// refusals lists input that was refused on standard error: the first 20, then the count.
type refusals struct {
	c *console
	n int
}

func (r *refusals) add(name, why string) {
	if r.n++; r.n <= refusalMax {
		fmt.Fprintf(r.c.err, "refused %s: %s\n", name, why)
	}
}

// end is nil when nothing was refused.
func (r *refusals) end() error {
	if r.n == 0 {
		return nil
	}
	if r.n > refusalMax {
		fmt.Fprintf(r.c.err, "and %d more\n", r.n-refusalMax)
	}
	return errPartly
}
