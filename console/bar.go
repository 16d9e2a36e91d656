package console

import (
	"fmt"
	"strings"
	"time"
)

// Bar tells how far long work is: a bar on a terminal, else one plain line
// every tenth of the way and at least every ten seconds.
type Bar struct {
	c     *Console
	what  string
	now   func() time.Time
	last  time.Time
	tenth int
	drawn bool
}

const barWidth = 30

// Bar begins to tell how far something is; nothing is drawn before Show.
func (c *Console) Bar(what string) *Bar { return &Bar{c: c, what: what, now: time.Now} }

// Show tells that done of total are done; a total of 0 is not known yet.
func (b *Bar) Show(done, total int) {
	if total <= 0 {
		return
	}
	if b.c.Terminal {
		filled := min(barWidth, done*barWidth/total)
		fmt.Fprintf(b.c.Err, "\r%s [%s%s] %d of %d ", b.what, strings.Repeat("#", filled), strings.Repeat(".", barWidth-filled), done, total)
		b.drawn = true
		return
	}
	tenth := done * 10 / total
	if tenth == b.tenth && b.now().Sub(b.last) < 10*time.Second {
		return
	}
	b.tenth, b.last = tenth, b.now()
	fmt.Fprintf(b.c.Err, "%s: %d of %d\n", b.what, done, total)
}

// End leaves the terminal on a new line.
func (b *Bar) End() {
	if b.drawn {
		fmt.Fprintln(b.c.Err)
		b.drawn = false
	}
}
