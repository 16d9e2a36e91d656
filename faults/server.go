//go:build linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"akhra.dev/akhra/faults/gate"
)

// server is one running `akhra serve`.
type server struct {
	cmd  *exec.Cmd
	base string      // where it answers
	link chan string // the one-time link of an installation nobody owns
	over chan struct{}

	mu   sync.Mutex
	said []string // on standard error
}

const startPatience = 3 * time.Minute

var (
	readyForm = regexp.MustCompile(`^Akhra is ready at (\S+)`)
	linkForm  = regexp.MustCompile(`https?://\S+/link/\S+`)
)

// errDied says that a server ended before it was ready.
var errDied = errors.New("the server ended before it was ready")

// serve starts the binary on a data folder, behind a gate if there is one, and
// waits until it is ready.
func serve(binary, data string, g *gate.Gate, args ...string) (*server, error) {
	s := &server{cmd: exec.Command(binary, append([]string{"serve", "--data", data, "--addr", "127.0.0.1:0"}, args...)...),
		link: make(chan string, 1), over: make(chan struct{})}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	complaints, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if g != nil {
		err = g.Start(s.cmd)
	} else {
		err = s.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	ready := make(chan struct{})
	var readers sync.WaitGroup
	readers.Go(func() { s.listen(out, ready) })
	readers.Go(func() { s.remember(complaints) })
	go func() { readers.Wait(); s.cmd.Wait(); close(s.over) }()
	select {
	case <-ready:
		return s, nil
	case <-s.over:
		return s, fmt.Errorf("%w: %s", errDied, s.last())
	case <-time.After(startPatience):
		s.kill()
		return s, errors.New("the server is not ready after three minutes")
	}
}

// listen reads what the server says until it ends; ready is closed once it
// has said where it answers.
func (s *server) listen(out io.Reader, ready chan<- struct{}) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := readyForm.FindStringSubmatch(lines.Text()); found != nil {
			s.base = found[1]
			close(ready)
		}
		if link := linkForm.FindString(lines.Text()); link != "" {
			s.link <- link
		}
	}
}

func (s *server) remember(complaints io.Reader) {
	lines := bufio.NewScanner(complaints)
	for lines.Scan() {
		s.mu.Lock()
		s.said = append(s.said, lines.Text())
		s.mu.Unlock()
	}
}

// last is what the server said last on standard error.
func (s *server) last() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.said[max(0, len(s.said)-3):], "; ")
}

func (s *server) alive() bool {
	select {
	case <-s.over:
		return false
	default:
		return true
	}
}

// kill ends the process at once and waits until it is gone.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	<-s.over
}

// term asks the process to end and returns how long that took.
func (s *server) term() time.Duration {
	start := time.Now()
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.over:
	case <-time.After(startPatience):
		s.kill()
	}
	return time.Since(start)
}
