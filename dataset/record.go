package dataset

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"akhra.dev/akhra"
)

// How long a table's lines may be.
const (
	maxLine   = 1 << 20 // bytes of one line; a longer one is passed over without being held
	maxRecord = 1 << 16 // bytes of a record whose quoted text has line breaks
	maxJoined = 100     // lines of such a record
)

// records reads a CSV file record by record, whatever its size. A record that
// cannot be read costs its first line only: the next one begins below it.
type records struct {
	in    *bufio.Reader
	ahead []line // were read to close a quotation mark that stayed open
	at    int    // line last read, from 1
}

// line is one line without its end; fault says why it cannot be read.
type line struct{ text, fault string }

// record is one row: where it begins, and its fields or what is wrong.
type record struct {
	line   int
	fields []string
	fault  string
}

func openRecords(r io.Reader) (*records, error) {
	in, err := Plain(r)
	return &records{in: in}, err
}

// Plain unpacks a table that is packed by gzip, which it knows by the content,
// and passes over the mark that spreadsheets write.
func Plain(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, maxLine)
	if start, err := in.Peek(2); err == nil && string(start) == "\x1f\x8b" {
		packed, err := gzip.NewReader(in)
		if err != nil {
			return nil, akhra.Errorf(akhra.Invalid, "The table is packed, but cannot be unpacked. Save it again.")
		}
		in = bufio.NewReaderSize(packed, maxLine)
	}
	if start, err := in.Peek(3); err == nil && string(start) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3) // peeked: it cannot fail
	}
	return in, nil
}

// next returns the next record that is not empty, io.EOF behind the last.
func (r *records) next() (record, error) {
	for {
		l, err := r.read()
		if err != nil {
			return record{}, err
		}
		one := record{line: r.at, fault: l.fault}
		switch {
		case l.fault != "":
		case strings.TrimSpace(l.text) == "":
			continue
		case strings.Contains(l.text, `"`):
			one.fields, one.fault, err = r.quoted(l.text)
		default:
			one.fields = strings.Split(l.text, ",")
		}
		return one, err
	}
}

// quoted reads a record that begins with a line and goes on below it while a
// quotation mark is open.
func (r *records) quoted(text string) (fields []string, fault string, err error) {
	var below []line
	for strings.Count(text, `"`)%2 == 1 && len(below) < maxJoined && len(text) < maxRecord {
		l, err := r.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, "", err
		}
		if below = append(below, l); l.fault != "" {
			break
		}
		text += "\n" + l.text
	}
	if fields, err = csv.NewReader(strings.NewReader(text)).Read(); err != nil {
		r.ahead, r.at = append(below, r.ahead...), r.at-len(below)
		return nil, "a quotation mark is never closed or stands in the wrong place", nil
	}
	return fields, "", nil
}

// read returns the next line.
func (r *records) read() (line, error) {
	if len(r.ahead) > 0 {
		next := r.ahead[0]
		r.ahead = r.ahead[1:]
		r.at++
		return next, nil
	}
	text, err := r.in.ReadSlice('\n')
	long := errors.Is(err, bufio.ErrBufferFull)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.in.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return line{}, broken(err)
	}
	if len(text) == 0 && !long {
		return line{}, io.EOF
	}
	r.at++
	switch {
	case long:
		return line{fault: "it is longer than 1 MB"}, nil
	case !utf8.Valid(text):
		return line{fault: "it is not readable text; save the table as UTF-8"}, nil
	}
	l := line{text: strings.TrimRight(string(text), "\r\n")}
	if strings.Contains(l.text, "\x00") {
		l.fault = "it holds a NUL byte"
	}
	return l, nil
}

// broken tells that a packed file is damaged; other failures pass.
func broken(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	if corrupt || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
		return akhra.Errorf(akhra.Invalid, "The packed table is damaged. Save it again.")
	}
	return fmt.Errorf("read the table: %w", err)
}
