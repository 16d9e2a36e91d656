package e2e

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTheTaughtModelIsTakenFromTheProjectsPage: as soon as there is a model its page
// offers it as a file, and that file tells pictures apart where no server is.
func TestTheTaughtModelIsTakenFromTheProjectsPage(t *testing.T) {
	t.Parallel()
	s := startServer(t, "demo", "--no-open", "--crowd", "5")
	p := openBrowser(t)
	p.size(viewports[0])
	p.open(s.link)
	p.await("the first page", `document.querySelector(".card img")`)
	c := p.client(s)
	first := c.firstProject(t)
	awaitModel(t, c, first)
	p.open(s.url("/projects/" + first.ID))
	p.await("the link", `document.querySelector("#export a[href*='/model?format=akhra']")`)
	if eval[bool](p, `!!document.querySelector("#export a[href*='format=onnx']")`) {
		t.Error("a model that sees with the built-in features is offered as ONNX")
	}
	eval[bool](p, `(document.querySelector("#export").scrollIntoView(), true)`)
	p.screenshot("project-model-1366-light-en")
	answer, err := c.http.Get(c.base + eval[string](p, `document.querySelector("#export a[href*='/model?format=akhra']").getAttribute("href")`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 || !strings.Contains(answer.Header.Get("Content-Disposition"), ".akhra") {
		t.Fatalf("%s, %v", answer.Status, err)
	}
	s.kill()
	tellsApart(t, body)
}

// awaitModel waits until the crowd has taught a project.
func awaitModel(t *testing.T, c *client, of project) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		var g struct{ Model struct{ Version int } }
		if c.get(t, "/api/projects/"+of.ID+"/progress", &g); g.Model.Version > 0 {
			return
		}
	}
	t.Fatal("there is no model")
}

// tellsApart lets the program tell what new pictures show by a model file alone.
func tellsApart(t *testing.T, model []byte) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "taught.akhra")
	if err := os.WriteFile(file, model, 0o600); err != nil {
		t.Fatal(err)
	}
	drawNoise(t, filepath.Join(dir, "new"), 4, 400, 300)
	said, err := exec.Command(binary, "predict", "--model", file, "--format", "jsonl", filepath.Join(dir, "new")).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	for _, line := range lines {
		var one struct {
			Class         string
			Probabilities map[string]float64
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil || one.Class == "" || len(one.Probabilities) < 2 {
			t.Fatalf("%s: %v", line, err)
		}
	}
	if len(lines) != 4 {
		t.Fatalf("%d lines of 4 pictures", len(lines))
	}
}
