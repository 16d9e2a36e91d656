package api_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
)

// packedFile is one file of a zip.
type packedFile struct {
	name, data string
	mode       fs.FileMode
	flags      uint16
}

func zipOf(t *testing.T, files ...packedFile) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		head := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Flags: f.flags}
		if f.mode != 0 {
			head.SetMode(f.mode)
		}
		w, err := z.CreateHeader(head)
		must(t, err)
		w.Write([]byte(f.data))
	}
	must(t, z.Close())
	return out.Bytes()
}

// TestHostileZips sends each; what it holds is refused by a sentence, a good
// picture beside it comes in, and the disk holds that one alone.
func TestHostileZips(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	picture := string(drawing(t, 7))
	bomb := "BM" + strings.Repeat("\x00", 60<<20)
	inner := string(zipOf(t, packedFile{name: "bomb.bmp", data: bomb}))
	for name, c := range map[string]struct {
		files []packedFile
		says  string
	}{
		"a bomb":                       {[]packedFile{{name: "bomb.bmp", data: bomb}}, "unpacks to far more"},
		"a zip in a zip":               {[]packedFile{{name: "inner.zip", data: inner}, {name: "inner.png", data: inner}}, "is an archive"},
		"a name that leads out":        {[]packedFile{{name: "../../etc/passwd.png", data: picture + "1"}, {name: "a/../../b.png", data: picture + "2"}}, "leads out of the zip"},
		"a name at the root of a disk": {[]packedFile{{name: "/etc/passwd.png", data: picture + "3"}, {name: "C:/x.png", data: picture + "4"}}, "root of a disk"},
		"a name with a backslash":      {[]packedFile{{name: `..\up.png`, data: picture + "5"}, {name: "nul\x00.png", data: picture + "6"}}, "backslash or a zero"},
		"a link":                       {[]packedFile{{name: "link.png", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}}, "is a link"},
		"a locked file":                {[]packedFile{{name: "locked.png", data: picture + "7", flags: 1}}, "password"},
		"a page":                       {[]packedFile{{name: "page.png", data: "<html>" + payload}}, "is not a picture"},
		"a drawing with a script":      {[]packedFile{{name: "drawing.svg", data: "<svg>" + payload + "</svg>"}}, "SVG"},
	} {
		w := owner.project(0)
		archive := zipOf(t, append(c.files, packedFile{name: "good.png", data: picture})...)
		j := owner.zip(t, w, archive)
		if j.State != akhra.JobDone || j.Report == nil || j.Report.Imported != 1 || j.Report.Refused != len(c.files) {
			t.Errorf("%s: job %+v, report %+v", name, j, j.Report)
			continue
		}
		for _, refusal := range j.Report.Reasons {
			if !strings.Contains(refusal.Reason, c.says) || strings.ContainsRune(refusal.Name, 0) {
				t.Errorf("%s: %+v, want a refusal with %q", name, refusal, c.says)
			}
		}
		var page item.ItemPage
		owner.ask("GET", w.path+"/items", nil).want(t, 200, &page)
		if len(page.Items) != 1 || page.Items[0].Name != "good.png" {
			t.Errorf("%s: the project holds %+v", name, page.Items)
		}
	}
	for _, file := range h.kept() {
		if strings.Contains(file, "scratch") {
			t.Errorf("left behind: %s", file)
		}
	}
}

// TestHostileZips_AsAWhole sends what cannot be opened at all.
func TestHostileZips_AsAWhole(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(0)
	many := make([]packedFile, 100_001)
	for i := range many {
		many[i].name = strconv.Itoa(i)
	}
	lying := zipOf(t, packedFile{name: "a.png", data: "x"})
	copy(lying[len(lying)-14:], "\xff\xff\xff\xff") // the list claims more files than there are
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":              {nil, "not a zip"},
		"no zip":             {[]byte("Rar!\x1a\x07\x00" + payload), "not a zip"},
		"a list that lies":   {lying, "not a zip"},
		"100,001 small ones": {zipOf(t, many...), "more than 100000 files"},
	} {
		j := owner.zip(t, w, c.data)
		if j.State != akhra.JobFailed || !strings.Contains(j.Note, c.says) {
			t.Errorf("%s: %+v", name, j)
		}
	}
	if kept := h.kept(); len(kept) > 0 {
		t.Errorf("the disk holds %v", kept)
	}
}
