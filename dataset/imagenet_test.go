package dataset

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akhra.dev/akhra"
)

func writeImageNet(t interface{ Fatal(...any) }, rows []akhra.Row) []byte {
	var out bytes.Buffer
	n := NewImageNet(&out)
	for _, r := range rows {
		if err := n.Add(r, []byte(r.Item)); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestImageNet_NamesThatWouldHurtAreMadeHarmless(t *testing.T) {
	t.Parallel()
	rows := []akhra.Row{
		{Item: "1", Name: "a/x.jpg", Class: "a,b", Posterior: 1, Source: "people"},
		{Item: "2", Name: "b/x.jpg", Class: "a,b", Posterior: 1, Source: "people"},
		{Item: "3", Name: "x.png", Class: "a,b", Posterior: 1, Source: "people"},
		{Item: "4", Name: `..\..\up.jpg`, Class: "../up", Posterior: 1, Source: "people"},
		{Item: "5", Name: "=1+1.jpg", Class: "=1+1", Posterior: 1, Source: "people"},
		{Item: "6", Name: "चित्र.jpg", Class: "भृंग", Posterior: 1, Source: "people"},
		{Item: "7", Name: "con.jpg", Class: "CON", Posterior: 1, Source: "people"},
		{Item: "8", Name: "...", Class: "con", Posterior: 1, Source: "people"},
		{Item: "9", Name: "none.jpg"},
		{Item: "10", Name: "manifest.csv", Class: "manifest.csv", Posterior: 1, Source: "people"},
	}
	body := writeImageNet(t, rows)
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var listing strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&listing, "%s\n", f.Name)
		if !strings.HasSuffix(f.Name, ".jpg") {
			listing.WriteString("  " + strings.ReplaceAll(strings.TrimRight(string(text), "\r\n"), "\n", "\n  ") + "\n")
		}
	}
	golden(t, "imagenet.txt", []byte(strings.ReplaceAll(listing.String(), "\r", "")))
}

// TestImageNet_AnyNames: every picture with a class is there once under a name
// of its own, no path leaves the folder, and the same is written twice alike.
func TestImageNet_AnyNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var rows []akhra.Row
		for i := range rapid.IntRange(0, 12).Draw(t, "pictures") {
			rows = append(rows, akhra.Row{Item: akhra.ItemID(fmt.Sprint(i)), Name: rapid.String().Draw(t, "name"),
				Class: rapid.SampledFrom([]string{"", "a", "A", "../..", "nul", "a/b", "a:b"}).Draw(t, "class")})
		}
		body := writeImageNet(t, rows)
		if !bytes.Equal(body, writeImageNet(t, rows)) {
			t.Fatal("the same pictures are other bytes")
		}
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		want, seen := 3, map[string]bool{}
		for _, r := range rows {
			if r.Class != "" {
				want++
			}
		}
		for _, f := range z.File {
			name := strings.ToLower(f.Name)
			if seen[name] || strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.Count(name, "/") > 1 || strings.Contains(name, `\`) {
				t.Fatalf("the name %q", f.Name)
			}
			seen[name] = true
		}
		if len(seen) != want {
			t.Fatalf("%d files of %d", len(seen), want)
		}
	})
}

func TestCard_SaysWhatIsKnownAndWhatIsNot(t *testing.T) {
	t.Parallel()
	d := akhra.Dataset{Name: "v3", Format: akhra.FormatConsensus, Blob: "ab12", Size: 99, Created: 1_700_000_000_000, Card: akhra.Card{
		Project: "Leaves | <b>2026</b>", Question: "What is it?", Pictures: 100, Classed: 90, Answers: 120, Model: 7, Licence: "CC BY 4.0",
		Classes:     []akhra.CardClass{{Name: "pest", Words: "a bite | a hole", Pictures: 30, Right: 5, Of: 10}, {Name: "leaf", Pictures: 60, Right: 9, Of: 10}},
		Sources:     []akhra.CardSource{{Source: "people", Pictures: 50}, {Source: "model", Pictures: 40}},
		Certificate: &akhra.Certificate{Words: "At most 5 of 100 delivered classes are wrong.", N: 60, Errors: 1, Method: "It was tested."},
	}}
	golden(t, "card.md", []byte(CardText(d)))
	bare := akhra.Dataset{Name: "v1", Format: akhra.FormatVotes}
	for _, want := range []string{"has said nothing", "Nothing is certified", "Nothing is known", "stands as it was given"} {
		if !strings.Contains(CardText(bare), want) {
			t.Errorf("a bare card does not say %q", want)
		}
	}
}
