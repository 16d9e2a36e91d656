package door

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"

	"akhra.dev/akhra"
)

// worthIt is from how many bytes on an answer is sent packed: below, packing
// costs more than the line gains.
const worthIt = 1000

var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// squeezed sends text packed to who takes it.
func squeezed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		s := &squeezer{ResponseWriter: w}
		defer s.end()
		next.ServeHTTP(s, r)
	})
}

// squeezer packs one answer from its first byte on, or leaves it as it is.
type squeezer struct {
	http.ResponseWriter
	status  int
	decided bool
	packer  *gzip.Writer
}

func (s *squeezer) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
}

// Write decides by the first bytes: short answers come in one piece.
func (s *squeezer) Write(b []byte) (int, error) {
	if !s.decided {
		s.decide(len(b))
	}
	if s.packer == nil {
		return s.ResponseWriter.Write(b)
	}
	return s.packer.Write(b)
}

func (s *squeezer) decide(first int) {
	s.decided = true
	h := s.Header()
	if first >= worthIt && isText(h.Get("Content-Type")) && h.Get("Content-Encoding") == "" {
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
		h.Del("Content-Length")
		s.packer = packers.Get().(*gzip.Writer)
		s.packer.Reset(s.ResponseWriter)
	}
	if s.status != 0 {
		s.ResponseWriter.WriteHeader(s.status)
	}
}

// Flush sends what is written so far.
func (s *squeezer) Flush() {
	if !s.decided {
		s.decide(0)
	}
	if s.packer != nil {
		s.packer.Flush()
	}
	http.NewResponseController(s.ResponseWriter).Flush()
}

// Unwrap lets a handler set deadlines.
func (s *squeezer) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *squeezer) end() {
	if !s.decided {
		s.decide(0)
	}
	if s.packer != nil {
		s.packer.Close()
		packers.Put(s.packer)
	}
}

func isText(kind string) bool {
	return strings.HasPrefix(kind, JSONType) || strings.HasPrefix(kind, "application/problem+json") || strings.HasPrefix(kind, "text/csv")
}

// unpacked is the body of a request as it was before it was packed, up to a
// limit of bytes: what is packed small can be huge.
func unpacked(w http.ResponseWriter, r *http.Request, limit int64) (io.ReadCloser, error) {
	switch r.Header.Get("Content-Encoding") {
	case "":
		return r.Body, nil
	case "gzip":
		plain, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, akhra.Errorf(akhra.Invalid, "The request could not be unpacked.")
		}
		return http.MaxBytesReader(w, plain, limit), nil
	}
	return nil, akhra.Errorf(akhra.Invalid, "A request may be packed with gzip only.")
}
