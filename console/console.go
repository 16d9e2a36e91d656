// Package console is how a command speaks to the person at the terminal: where
// its lines go, how far long work is, what of her input was refused, and the
// words of an error. It knows no command and no flag.
//
//	c := console.New(os.Stdout, os.Stderr)
//	bar := c.Bar("Looking at pictures")
//	defer bar.End()
//	bar.Show(3, 10)
package console

import (
	"errors"
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"akhra.dev/akhra"
)

// Console is where a command speaks: results to Out, all else to Err.
type Console struct {
	Out, Err io.Writer
	Terminal bool // Err is a terminal: progress may be drawn
}

// New speaks through two files, drawing progress where err is a terminal.
func New(out, err *os.File) *Console {
	return &Console{Out: out, Err: err, Terminal: isatty.IsTerminal(err.Fd())}
}

// Sentence is what the person at the terminal reads of an error: the kind
// sentence where there is one, else everything, for she runs the server.
func Sentence(err error) string {
	if e, ok := errors.AsType[*akhra.Error](err); ok && e.Code != akhra.Internal {
		return e.Message
	}
	return err.Error()
}

// Reason is the innermost cause of an error, without the path that the sentence
// around it has.
func Reason(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
