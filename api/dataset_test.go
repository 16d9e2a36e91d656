package api_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/deliver"
	"akhra.dev/akhra/dataset"
)

// freeze freezes a version by a job and reads it back.
func (p *person) freeze(w world, in deliver.FreezeBody) deliver.DatasetDetail {
	t := p.h.t
	t.Helper()
	var job deliver.FreezeStarted
	p.ask("POST", w.path+"/datasets", in).want(t, 200, &job)
	must(t, p.h.engine.Drain(t.Context()))
	var v deliver.FreezeView
	p.ask("GET", w.path+"/freezing/"+string(job.Freezing), nil).want(t, 200, &v)
	if v.State != akhra.JobDone || v.Dataset == "" {
		t.Fatalf("the job ended as %+v", v)
	}
	var d deliver.DatasetDetail
	p.ask("GET", w.path+"/datasets/"+string(v.Dataset), nil).want(t, 200, &d)
	return d
}

func (p *person) fetch(w world, d deliver.DatasetDetail) []byte {
	p.h.t.Helper()
	return p.ask("GET", w.path+"/datasets/"+string(d.ID)+"/file", nil).want(p.h.t, 200, nil).body
}

// answered is a project of n pictures, all answered once.
func answered(t *testing.T, h *house, n int) (owner *person, w world) {
	t.Helper()
	owner = h.person(akhra.Owner)
	w = owner.project(n)
	asha := h.person(akhra.Annotator)
	for i, one := range asha.lease(w, n) {
		asha.sync(w, say(t, one, w.classes[i%2].ID))
	}
	must(t, h.engine.Drain(t.Context()))
	return owner, w
}

func TestDatasets_StayBitForBit(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := answered(t, h, 6)
	frozen := map[akhra.Format]deliver.DatasetDetail{}
	bytesOf := map[akhra.Format][]byte{}
	for _, format := range akhra.Formats {
		d := owner.freeze(w, deliver.FreezeBody{Format: format, Licence: "CC BY 4.0"})
		body := owner.fetch(w, d)
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != d.SHA256 || int64(len(body)) != d.Size {
			t.Errorf("%s: the bytes are not those the version names", format)
		}
		if d.Pictures != 6 || d.Classed != 6 || d.Answers != 6 || d.Card.Licence != "CC BY 4.0" {
			t.Errorf("%s: %+v", format, d)
		}
		frozen[format], bytesOf[format] = d, body
	}
	t.Run("the same again is the same version", func(t *testing.T) {
		for _, format := range akhra.Formats {
			if again := owner.freeze(w, deliver.FreezeBody{Format: format, Licence: "CC BY 4.0"}); again.ID != frozen[format].ID {
				t.Errorf("%s: another version %s with %s", format, again.Name, again.SHA256)
			}
		}
	})
	owner.send("POST", w.path+"/pictures?name=late.png", "image/png", bytes.NewReader(drawing(t, 99))).want(t, 200, nil)
	must(t, h.engine.Drain(t.Context()))
	t.Run("what is frozen does not change with the project", func(t *testing.T) {
		for _, format := range akhra.Formats {
			if got := owner.fetch(w, frozen[format]); !bytes.Equal(got, bytesOf[format]) {
				t.Errorf("%s has changed", format)
			}
		}
		if d := owner.freeze(w, deliver.FreezeBody{Format: akhra.FormatConsensus, Name: "after"}); d.Pictures != 7 || d.Name != "after" || d.No != 5 {
			t.Errorf("the next version is %+v", d)
		}
	})
	t.Run("versions are listed, newest first", func(t *testing.T) {
		var list deliver.DatasetList
		owner.ask("GET", w.path+"/datasets", nil).want(t, 200, &list)
		if len(list.Datasets) != 5 || list.Datasets[0].Name != "after" || list.Datasets[0].By != "Someone" {
			t.Errorf("%+v", list.Datasets)
		}
	})
	t.Run("a cut download goes on where it stood", func(t *testing.T) {
		r := owner.request("GET", w.path+"/datasets/"+string(frozen[akhra.FormatJSONL].ID)+"/file")
		r.Header.Set("Range", "bytes=10-")
		if got := h.do(r); got.status != 206 || !bytes.Equal(got.body, bytesOf[akhra.FormatJSONL][10:]) {
			t.Errorf("status %d, %d bytes", got.status, len(got.body))
		}
	})
	t.Run("the card says it in words", func(t *testing.T) {
		card := string(owner.ask("GET", w.path+"/datasets/"+string(frozen[akhra.FormatVotes].ID)+"/card", nil).want(t, 200, nil).body)
		for _, want := range []string{frozen[akhra.FormatVotes].SHA256, "| beetle | 3 |", "CC BY 4.0", "Nothing is certified.", "answers of people | 6"} {
			if !strings.Contains(card, want) {
				t.Errorf("the card does not say %q:\n%s", want, card)
			}
		}
	})
	t.Run("a name that is taken is refused with its reason", func(t *testing.T) {
		var job deliver.FreezeStarted
		owner.ask("POST", w.path+"/datasets", deliver.FreezeBody{Format: akhra.FormatVotes, Name: "after"}).want(t, 200, &job)
		must(t, h.engine.Drain(t.Context()))
		var v deliver.FreezeView
		owner.ask("GET", w.path+"/freezing/"+string(job.Freezing), nil).want(t, 200, &v)
		if v.State != akhra.JobFailed || !strings.Contains(v.Note, "name already") {
			t.Errorf("%+v", v)
		}
	})
	wantImageNet(t, bytesOf[akhra.FormatImageNet])
	wantLines(t, bytesOf[akhra.FormatJSONL])
}

func wantImageNet(t *testing.T, body []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	must(t, err)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		if strings.HasSuffix(f.Name, ".jpg") && !bytes.HasPrefix(text, []byte("\xff\xd8")) {
			t.Errorf("%s is no JPEG", f.Name)
		}
	}
	slices.Sort(names)
	if len(names) != 9 || !slices.Contains(names, "report.json") || strings.Count(strings.Join(names, " "), "beetle/") != 3 {
		t.Errorf("the zip has %v", names)
	}
}

func wantLines(t *testing.T, body []byte) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(body)), "\n")
	var first dataset.Line
	must(t, json.Unmarshal([]byte(lines[0]), &first))
	if len(lines) != 6 || len(first.Answers) != 1 || first.Answers[0].Annotator != "Someone" || first.Class == "" {
		t.Errorf("%d lines, the first %+v", len(lines), first)
	}
}

// TestDatasets_AClientReadsNoNames: neither in what she freezes nor in what
// others froze with names.
func TestDatasets_AClientReadsNoNames(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner, w := answered(t, h, 2)
	client := h.client(w)
	hers := client.freeze(w, deliver.FreezeBody{Format: akhra.FormatVotes})
	if body := string(client.fetch(w, hers)); strings.Contains(body, "Someone") || !strings.Contains(body, "Annotator 1") {
		t.Errorf("a client reads %s", body)
	}
	named := owner.freeze(w, deliver.FreezeBody{Format: akhra.FormatVotes})
	if body := string(owner.fetch(w, named)); !strings.Contains(body, "Someone") {
		t.Errorf("the owner reads %s", body)
	}
	for _, path := range []string{"", "/file", "/card"} {
		client.ask("GET", w.path+"/datasets/"+string(named.ID)+path, nil).problem(t, 404, akhra.NotFound, "no such version")
	}
	var list deliver.DatasetList
	client.ask("GET", w.path+"/datasets", nil).want(t, 200, &list)
	if len(list.Datasets) != 1 || list.Datasets[0].ID != hers.ID || list.Datasets[0].By != "" {
		t.Errorf("a client sees %+v", list.Datasets)
	}
	var job deliver.FreezeStarted
	owner.ask("POST", w.path+"/datasets", deliver.FreezeBody{Format: akhra.FormatConsensus}).want(t, 200, &job)
	other := owner.project(0)
	owner.ask("GET", other.path+"/freezing/"+string(job.Freezing), nil).problem(t, 404, akhra.NotFound, "no such job")
	owner.ask("GET", other.path+"/datasets/"+string(named.ID)+"/file", nil).problem(t, 404, akhra.NotFound, "no such version")
}
