package dataset

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"akhra.dev/akhra"
)

// ImageNet writes a zip of pictures, each in the folder of its class, with
// classes.csv (which folder is which class), manifest.csv (which file is which
// picture) and report.json. The same pictures in the same order are the same
// bytes. A picture without a class is left out and counted.
type ImageNet struct {
	out      *zip.Writer
	folders  map[string]string // by class
	order    []string          // classes, as they came
	taken    map[string]bool   // paths and folders in lower case: some disks tell no capitals apart
	manifest bytes.Buffer
	lines    *csv.Writer
	report   imageNetReport
}

type imageNetReport struct {
	Written int `json:"written"`
	Left    int `json:"left_without_class"`
	Renamed int `json:"renamed"`
}

// NewImageNet begins a zip.
func NewImageNet(w io.Writer) *ImageNet {
	n := &ImageNet{out: zip.NewWriter(w), folders: map[string]string{}, taken: map[string]bool{}}
	for _, ours := range []string{"classes.csv", "manifest.csv", "report.json"} {
		n.taken[ours] = true
	}
	n.lines = csv.NewWriter(&n.manifest)
	n.lines.UseCRLF = true
	_ = n.lines.Write([]string{"file", "item", "class", "posterior", "source", "sha256"}) // into memory: it cannot fail
	return n
}

// Add writes one picture, a JPEG, or leaves it out when it has no class.
func (n *ImageNet) Add(r akhra.Row, picture []byte) error {
	if r.Class == "" {
		n.report.Left++
		return nil
	}
	name := n.free(n.folder(r.Class)+"/"+portable(strings.TrimSuffix(path.Base(slashed(r.Name)), path.Ext(r.Name)), "picture"), ".jpg")
	if path.Base(name) != path.Base(slashed(r.Name)) {
		n.report.Renamed++
	}
	if err := n.file(name, picture); err != nil {
		return err
	}
	n.report.Written++
	return n.lines.Write([]string{guard(name), guard(r.Name), guard(r.Class), strconv.FormatFloat(r.Posterior, 'f', 6, 64), guard(r.Source), r.Blob})
}

// Close ends the zip with its three tables.
func (n *ImageNet) Close() error {
	n.lines.Flush()
	var classes bytes.Buffer
	table := csv.NewWriter(&classes)
	table.UseCRLF = true
	_ = table.Write([]string{"folder", "class"}) // into memory: it cannot fail
	for _, class := range n.order {
		_ = table.Write([]string{guard(n.folders[class]), guard(class)})
	}
	table.Flush()
	report, err := json.MarshalIndent(n.report, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	for _, one := range []struct {
		name string
		body []byte
	}{{"classes.csv", classes.Bytes()}, {"manifest.csv", n.manifest.Bytes()}, {"report.json", append(report, '\n')}} {
		if err := n.file(one.name, one.body); err != nil {
			return err
		}
	}
	if err := n.out.Close(); err != nil {
		return fmt.Errorf("end the zip: %w", err)
	}
	return nil
}

// file writes one entry as it is: pictures are packed already. It has no time,
// so that the same content is the same bytes.
func (n *ImageNet) file(name string, body []byte) error {
	w, err := n.out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(body)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// folder is that of a class, the same each time.
func (n *ImageNet) folder(class string) string {
	if folder, known := n.folders[class]; known {
		return folder
	}
	folder := n.free(portable(class, "class"), "")
	n.folders[class] = folder
	n.order = append(n.order, class)
	return folder
}

// free makes a name that nothing else in the zip has.
func (n *ImageNet) free(name, ending string) string {
	free := name + ending
	for i := 2; n.taken[strings.ToLower(free)]; i++ {
		free = name + "-" + strconv.Itoa(i) + ending
	}
	n.taken[strings.ToLower(free)] = true
	return free
}

// device names are no file names on Windows, with any ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)`)

// portable keeps of a name what every disk takes: letters of any script,
// digits, dash, underline and dot inside. What is left empty is called other.
func portable(name, other string) string {
	const most = 80
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|%`, r) || r <= ' ' || r == 0x7f || r == 0xfffd {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	clean = strings.Trim(clean, "._")
	if letters := []rune(clean); len(letters) > most {
		clean = string(letters[:most])
	}
	switch {
	case clean == "":
		return other
	case device.MatchString(clean):
		return "_" + clean
	}
	return clean
}
