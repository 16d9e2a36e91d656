package e2e

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

var binary string // built once by TestMain

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "akhra-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "akhra")
	build := exec.Command("go", "build", "-o", binary, "akhra.dev/akhra/cmd/akhra")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build akhra: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// server is one running akhra process on a data folder and a port of its own.
type server struct {
	t      testing.TB
	binary string
	args   []string
	data   string
	addr   string
	cmd    *exec.Cmd
	link   string // the one-time link it printed, on the first start
}

// startServer starts `akhra sub --data DIR --addr ADDR args...` and waits until
// it answers. The process ends with the test.
func startServer(t testing.TB, sub string, args ...string) *server {
	t.Helper()
	return startServerOf(t, binary, sub, args...)
}

// startServerOf does so with another binary.
func startServerOf(t testing.TB, binary, sub string, args ...string) *server {
	t.Helper()
	s := &server{t: t, binary: binary, data: t.TempDir(), addr: freeAddr(t)}
	s.args = append([]string{sub, "--data", s.data, "--addr", s.addr}, args...)
	s.start()
	t.Cleanup(s.kill)
	return s
}

func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (s *server) url(path string) string { return "http://" + s.addr + path }

var linkForm = regexp.MustCompile(`https?://\S*/link/\S+`)

func (s *server) start() {
	s.t.Helper()
	s.cmd = exec.Command(s.binary, s.args...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	s.cmd.Stderr = s.cmd.Stdout
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	links := make(chan string, 1)
	go watchOutput(bufio.NewScanner(out), links)
	s.awaitReady()
	select {
	case s.link = <-links:
	case <-time.After(time.Second):
	}
}

func watchOutput(lines *bufio.Scanner, links chan<- string) {
	for lines.Scan() {
		if link := linkForm.FindString(lines.Text()); link != "" {
			select {
			case links <- link:
			default:
			}
		}
	}
}

func (s *server) awaitReady() {
	s.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get(s.url("/readyz"))
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
	}
	s.t.Fatalf("akhra %s is not ready after 60 s", strings.Join(s.args, " "))
}

// kill ends the process as a power cut would end a person's evening: at once.
func (s *server) kill() {
	if s.cmd.Process != nil {
		syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
		s.cmd.Wait()
	}
}
