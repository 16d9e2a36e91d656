package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

// bar tells how far long work is: a bar on a terminal, else one plain line
// every tenth of the way and at least every ten seconds.
type bar struct {
	c     *console
	what  string
	now   func() time.Time
	last  time.Time
	tenth int
	drawn bool
}

const barWidth = 30

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) }

func newBar(c *console, what string) *bar { return &bar{c: c, what: what, now: time.Now} }

// show tells that done of total are done; a total of 0 is not known yet.
func (b *bar) show(done, total int) {
	if total <= 0 {
		return
	}
	if b.c.terminal {
		filled := min(barWidth, done*barWidth/total)
		fmt.Fprintf(b.c.err, "\r%s [%s%s] %d of %d ", b.what, strings.Repeat("#", filled), strings.Repeat(".", barWidth-filled), done, total)
		b.drawn = true
		return
	}
	tenth := done * 10 / total
	if tenth == b.tenth && b.now().Sub(b.last) < 10*time.Second {
		return
	}
	b.tenth, b.last = tenth, b.now()
	fmt.Fprintf(b.c.err, "%s: %d of %d\n", b.what, done, total)
}

// end leaves the terminal on a new line.
func (b *bar) end() {
	if b.drawn {
		fmt.Fprintln(b.c.err)
		b.drawn = false
	}
}
