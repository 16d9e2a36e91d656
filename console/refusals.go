package console

import (
	"errors"
	"fmt"
)

// ErrPartly is the outcome of a command that did its work but refused some
// input, each already listed on standard error.
var ErrPartly = errors.New("some input was refused")

// refusalMax is how many refusals are listed.
const refusalMax = 20

// Refusals lists input that was refused on standard error: the first 20, then the count.
type Refusals struct {
	c *Console
	n int
}

// Refusals begins a list.
func (c *Console) Refusals() *Refusals { return &Refusals{c: c} }

// Add lists one thing that was refused, and why.
func (r *Refusals) Add(name, why string) {
	if r.n++; r.n <= refusalMax {
		fmt.Fprintf(r.c.Err, "refused %s: %s\n", name, why)
	}
}

// Count says how many were refused in all, where only the first were added.
func (r *Refusals) Count(n int) { r.n = n }

// End is nil when nothing was refused, else ErrPartly.
func (r *Refusals) End() error {
	if r.n == 0 {
		return nil
	}
	if r.n > refusalMax {
		fmt.Fprintf(r.c.Err, "and %d more\n", r.n-refusalMax)
	}
	return ErrPartly
}
