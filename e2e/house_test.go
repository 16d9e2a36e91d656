package e2e

import (
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTheHouseIsTheSameAfterARestart kills and starts the server: who was
// signed in still is, and the link that made the owner is not made again.
func TestTheHouseIsTheSameAfterARestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	owner := signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	s.kill()
	s.link = ""
	s.start()
	if s.link != "" {
		t.Errorf("a second link for an owner: %s", s.link)
	}
	var me struct{ User struct{ Name, Role string } }
	owner.get(t, "/api/me", &me)
	if me.User.Name != "Asha" || me.User.Role != "owner" {
		t.Errorf("signed in as %+v", me.User)
	}
}

// TestAnOwnerWhoForgotHerPasswordGetsANewOneByTheCommandLine follows the help
// of `akhra user`.
func TestAnOwnerWhoForgotHerPasswordGetsANewOneByTheCommandLine(t *testing.T) {
	t.Parallel()
	s := startServer(t, "serve")
	signIn(t, s, map[string]string{"name": "Asha", "login": "asha", "password": "a long password"})
	said, err := exec.Command(binary, "user", "reset", "asha", "--data", s.data).Output()
	if err != nil {
		t.Fatal(err)
	}
	link := strings.TrimSpace(string(said))
	if !strings.HasPrefix(link, s.url("/link/")) {
		t.Fatalf("the link is %q, want one of %s", link, s.url("/"))
	}
	stranger := &client{base: s.url(""), http: http.DefaultClient}
	if _, err := stranger.do("POST", "/api/links/"+link[strings.LastIndex(link, "/")+1:], map[string]string{"password": "another long password"}, nil); err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]int{"a long password": http.StatusUnauthorized, "another long password": http.StatusOK} {
		if got, _ := stranger.do("POST", "/api/session", map[string]string{"login": "asha", "password": password}, nil); got != want {
			t.Errorf("signing in with %q: %d, want %d", password, got, want)
		}
	}
}

// TestAnImportThatWasKilledGoesOnWhereItStood kills `akhra import images` in
// the middle and runs it again.
func TestAnImportThatWasKilledGoesOnWhereItStood(t *testing.T) {
	t.Parallel()
	const pictures = 90
	dir, data := t.TempDir(), t.TempDir()
	drawNoise(t, dir, pictures, 400, 300)
	args := []string{"import", "images", dir, "--project", "Noise", "--data", data}
	killed := exec.Command(binary, args...)
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(60 * time.Second); files(filepath.Join(data, "blobs")) < 2*pictures && time.Now().Before(end); {
		time.Sleep(time.Millisecond) // each picture makes four files: about half of them are in
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	killed.Wait() // it was killed: there is nothing to learn from how it ended
	if half := files(filepath.Join(data, "blobs")); half >= 4*pictures {
		t.Fatalf("it was killed too late, after %d files", half)
	}

	said, err := exec.Command(binary, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var imported, known, refused int
	if _, err := fmt.Sscanf(string(said), "%d imported, %d known already, %d refused", &imported, &known, &refused); err != nil {
		t.Fatalf("%v in %q", err, said)
	}
	if imported+known != pictures || known == 0 || refused != 0 { // the killed work goes on first, and what it brings in is known by then
		t.Errorf("the second time: %s", said)
	}
	table, err := exec.Command(binary, "export", "--project", "Noise", "--data", data).Output()
	if rows := strings.Count(string(table), ".png"); err != nil || rows != pictures {
		t.Errorf("%d pictures are there, %v, want %d", rows, err, pictures)
	}
}

// files counts the files below a folder, 0 when there is none.
func files(dir string) (n int) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return nil
	})
	return n
}

// drawNoise fills two folders with pictures that all differ.
func drawNoise(t *testing.T, dir string, n, width, height int) {
	t.Helper()
	chance := rand.NewChaCha8([32]byte{7})
	for i := range n {
		img := image.NewGray(image.Rect(0, 0, width, height))
		_, _ = chance.Read(img.Pix) // it never fails
		name := filepath.Join(dir, fmt.Sprintf("kind%d", i%2), fmt.Sprintf("%d.png", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
