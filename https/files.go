package https

import (
	"crypto/tls"
	"os"
	"sync"
	"time"

	"akhra.dev/akhra"
)

// lookAgain is how often the files are asked whether they changed.
const lookAgain = time.Minute

// files is a certificate and its key on the disk, read again when another
// program has renewed them.
type files struct {
	cert, key string
	now       func() time.Time

	mu     sync.Mutex
	looked time.Time
	stamp  time.Time // the newer of the two files, as it was read
	pair   *tls.Certificate
}

// Files is an identity by a certificate and its key. What another program
// writes there later is taken within a minute; while the two do not fit
// together, the last that did go on.
func Files(cert, key string, now func() time.Time) (*Identity, error) {
	f := &files{cert: cert, key: key, now: now}
	if err := f.read(); err != nil {
		return nil, akhra.Errorf(akhra.Invalid, "The certificate %s and the key %s do not work together: %v.", cert, key, err)
	}
	return &Identity{Config: &tls.Config{GetCertificate: f.certificate, MinVersion: tls.VersionTLS12}}, nil
}

func (f *files) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.now(); now.Sub(f.looked) >= lookAgain {
		f.looked = now
		if f.newest() != f.stamp {
			_ = f.read() // half a renewal: the next look finds the other half
		}
	}
	return f.pair, nil
}

func (f *files) read() error {
	stamp := f.newest()
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err == nil {
		f.pair, f.stamp = &pair, stamp
	}
	return err
}

// newest is when the files were last changed, zero when they are gone.
func (f *files) newest() (last time.Time) {
	for _, path := range []string{f.cert, f.key} {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last
}
