package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
)

// picture is a small JPEG; each shade is another picture.
func picture(tb testing.TB, shade int) []byte {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = byte(shade*5 + i%(shade+2)*9)
	}
	img.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

type packed struct {
	name string
	data []byte
	mode fs.FileMode
}

func pack(tb testing.TB, files ...packed) []byte {
	tb.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		head := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.mode != 0 {
			head.SetMode(f.mode)
		}
		w, err := z.CreateHeader(head)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write(f.data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func unzip(t *testing.T, h *house, data []byte) ingest.Report {
	t.Helper()
	report, err := h.Zip(t.Context(), h.tenant, bytes.NewReader(data), int64(len(data)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestOnePictureIsOneItemHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	h := open(t)
	data := picture(t, 1)
	first, err := h.Add(t.Context(), h.tenant, "a\x00b.jpg", bytes.NewReader(data))
	if err != nil || first.Outcome != ingest.Imported || first.Item.ID == "" || first.Item.Name != "a?b.jpg" {
		t.Fatalf("first: %+v, %v", first, err)
	}
	puts := h.puts
	again, err := h.Add(t.Context(), h.tenant, "other name.jpg", bytes.NewReader(data))
	if err != nil || again.Outcome != ingest.Known || again.Item.ID != "" {
		t.Errorf("again: %+v, %v", again, err)
	}
	if h.puts != puts {
		t.Error("a known picture was kept once more")
	}
	item := h.items[0]
	if item.Width != 40 || item.Height != 30 || len(h.blobs[item.Thumb]) != 12288 || !bytes.Equal(h.blobs[item.Blob], data) {
		t.Errorf("stored %+v", item)
	}
	if item.Variants[0] != item.Variants[2] || h.blobs[item.Variants[0]] == nil {
		t.Errorf("variants of a small picture: %v", item.Variants)
	}
}

func TestARefusalIsAResultWithASentence(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, from := range map[string]io.Reader{
		"none.jpg": strings.NewReader(""), "words.jpg": strings.NewReader("words"), "cut.jpg": bytes.NewReader(picture(t, 2)[:400]),
		"torn.jpg": io.MultiReader(strings.NewReader("\xff\xd8\xff"), failing{}),
	} {
		got, err := h.Add(t.Context(), h.tenant, name, from)
		if err != nil || got.Outcome != ingest.Refused || !strings.HasPrefix(got.Reason, name+" ") || !strings.HasSuffix(got.Reason, ".") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if len(h.blobs) != 0 {
		t.Error("a refused picture was kept")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line went dead") }

func TestAZipKeepsItsOrderAndGoesOnPastWhatIsBad(t *testing.T) {
	t.Parallel()
	h := open(t)
	var files []packed
	for i := range 100 {
		files = append(files, packed{name: fmt.Sprintf("class %d/%03d.jpg", i%3, i), data: picture(t, i)})
	}
	files[50].data = files[10].data
	files = append(files, packed{name: "empty/"}, packed{name: ".DS_Store", data: []byte("x")}, packed{name: "__MACOSX/._a.jpg", data: []byte("x")})
	for _, name := range []string{"../../etc/passwd.jpg", "a/../../b.jpg", "/absolute.jpg", `back\slash.jpg`, `C:\x.jpg`, "C:/x.jpg", "nul\x00.jpg", "words.txt"} {
		files = append(files, packed{name: name, data: []byte("bad")})
	}
	files = append(files, packed{name: "link.jpg", data: []byte("/etc/passwd"), mode: fs.ModeSymlink | 0o777}, packed{name: "last.jpg", data: picture(t, 100)})
	report := unzip(t, h, pack(t, files...))
	if report.Imported != 100 || report.Known != 1 || report.Refused != 9 || report.Done != report.Total || report.Total != 110 {
		t.Errorf("report %+v", report)
	}
	for i, refusal := range report.Reasons {
		if !strings.HasPrefix(refusal.Reason, refusal.Name) || strings.ContainsRune(refusal.Name, 0) {
			t.Errorf("refusal %d: %+v", i, refusal)
		}
	}
	names := []string{}
	for _, item := range h.items {
		names = append(names, item.Name[strings.LastIndexByte(item.Name, '/')+1:])
	}
	if !slices.IsSorted(names) || names[99] != "last.jpg" {
		t.Errorf("order %v", names)
	}
}

func TestAZipBombIsLeftOutAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	h := open(t)
	bomb := append([]byte("BM"), make([]byte, 60<<20)...)
	report := unzip(t, h, pack(t, packed{name: "bomb.bmp", data: bomb}, packed{name: "good.jpg", data: picture(t, 1)}))
	if report.Imported != 1 || report.Refused != 1 || !strings.Contains(report.Reasons[0].Reason, "unpacks to far more") {
		t.Errorf("report %+v", report)
	}
	many := make([]packed, 100_001)
	for i := range many {
		many[i].name = fmt.Sprint(i)
	}
	data := pack(t, many...)
	if _, err := h.Zip(t.Context(), h.tenant, bytes.NewReader(data), int64(len(data)), nil); akhra.CodeOf(err) != akhra.TooLarge {
		t.Errorf("100,001 files: %v", err)
	}
}

func TestWhatIsNoZipIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	whole := pack(t, packed{name: "a.jpg", data: picture(t, 1)})
	for name, data := range map[string][]byte{"empty": nil, "picture": picture(t, 1), "cut": whole[:len(whole)-30]} {
		_, err := h.Zip(t.Context(), h.tenant, bytes.NewReader(data), int64(len(data)), nil)
		if akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func fill(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		file := filepath.Join(dir, fmt.Sprintf("kind%d", i%2), fmt.Sprintf("%03d.jpg", i))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, picture(t, i), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFolderIsWalkedWithTheNamesOfItsFolders(t *testing.T) {
	t.Parallel()
	h, dir := open(t), t.TempDir()
	fill(t, dir, 6)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.jpg"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link.jpg")); err != nil {
		t.Fatal(err)
	}
	folders := map[string]int{}
	report, err := h.Walk(t.Context(), h.tenant, dir, func(r ingest.Result) { folders[r.Outcome+" "+r.Folder]++ }, nil)
	if err != nil || report.Imported != 6 || report.Refused != 2 {
		t.Errorf("report %+v, %v", report, err)
	}
	if folders["imported kind0"] != 3 || folders["imported kind1"] != 3 || folders["refused "] != 2 {
		t.Errorf("folders %v", folders)
	}
	for i, want := range []string{"kind0/000.jpg", "kind1/001.jpg", "kind0/002.jpg", "kind1/003.jpg"} {
		if h.items[i].Name != want {
			t.Errorf("picture %d is %s, want %s: folders take turns", i, h.items[i].Name, want)
		}
	}
	if _, err := h.Dir(t.Context(), h.tenant, filepath.Join(dir, "nowhere"), nil); akhra.CodeOf(err) != akhra.Invalid {
		t.Errorf("no folder: %v", err)
	}
}

// asNobody takes root's right to read everything from this goroutine's thread
// until the test has ended.
func asNobody(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	t.Cleanup(func() {
		if _, err := unix.SetfsuidRetUid(0); err == nil {
			runtime.UnlockOSThread()
		}
	})
	if _, err := unix.SetfsuidRetUid(65534); err != nil {
		t.Fatal(err)
	}
}

func TestAnUnreadableFolderIsARefusalAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	h, dir := open(t), t.TempDir()
	fill(t, dir, 4)
	if err := os.Chmod(filepath.Join(dir, "kind0"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "kind0"), 0o755) })
	asNobody(t, dir)
	report, err := h.Dir(t.Context(), h.tenant, dir, nil)
	if err != nil || report.Imported != 2 || report.Refused != 1 || !strings.Contains(report.Reasons[0].Reason, "could not be opened") {
		t.Errorf("report %+v, %v", report, err)
	}
}

func TestAnImportThatWasCutOffGoesOnWhereItStood(t *testing.T) {
	t.Parallel()
	h, dir := open(t), t.TempDir()
	fill(t, dir, 100)
	ctx, stop := context.WithCancel(t.Context())
	report, err := h.Dir(ctx, h.tenant, dir, func(ingest.Report) { stop() })
	if !errors.Is(err, context.Canceled) || report.Imported == 0 || report.Imported == 100 || report.Imported != len(h.items) {
		t.Fatalf("cut off: %+v, %v, %d items", report, err, len(h.items))
	}
	before := len(h.items)
	last := ingest.Report{}
	report, err = h.Dir(t.Context(), h.tenant, dir, func(r ingest.Report) { last = r })
	if err != nil || report.Known != before || report.Imported != 100-before || len(h.items) != 100 || last.Done != 100 || last.Total != 100 {
		t.Errorf("second time: %+v, %v, last told %+v", report, err, last)
	}
}

func TestTroubleOfTheStoreEndsTheImport(t *testing.T) {
	t.Parallel()
	h, dir := open(t), t.TempDir()
	fill(t, dir, 80)
	h.fail = errors.New("no space left")
	if _, err := h.Dir(t.Context(), h.tenant, dir, nil); !errors.Is(err, h.fail) {
		t.Errorf("told %v", err)
	}
}

func FuzzZip(f *testing.F) {
	f.Add(pack(f, packed{name: "a.jpg", data: picture(f, 1)}, packed{name: "../b", data: []byte("b")}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		h := open(t)
		report, err := h.Zip(t.Context(), h.tenant, bytes.NewReader(data), int64(len(data)), nil)
		if err != nil && akhra.CodeOf(err) == akhra.Internal {
			t.Errorf("error %v", err)
		}
		if err == nil && report.Done != report.Imported+report.Known+report.Refused {
			t.Errorf("report %+v", report)
		}
	})
}
