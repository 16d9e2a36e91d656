package api_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/jpeg"
	"image/png"
	"io/fs"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/item"
)

// payload is what must never come out of the server again.
const payload = `<script>alert("kanarie")</script>`

// refusedPictures are files that claim to be pictures, with a part of the
// sentence that refuses them.
func refusedPictures(t *testing.T) map[string]struct{ data, says string } {
	whole, photo := string(drawing(t, 1)), string(asJPEG(t))
	return map[string]struct{ data, says string }{
		"empty.png":         {"", "is empty"},
		"words.jpg":         {"once upon a time", "is not a picture"},
		"page.jpg":          {"<!doctype html><html>" + payload, "is not a picture"},
		"script.gif":        {"GIF89a/*\x00\x00\x00\x00*/=1;" + payload, "has no size"},
		"drawing.svg":       {`<?xml version="1.0"?><svg onload="alert(1)">` + payload + `</svg>`, "SVG"},
		"drawing.png":       {"\xef\xbb\xbf<!-- x --><!DOCTYPE svg [<!ENTITY a '&a;'>]><SVG>" + payload + "</SVG>", "SVG"},
		"packed.svgz":       {gzipped(t, "<svg>"+payload+"</svg>"), "is not a picture"},
		"phone.heic":        {"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"},
		"still.avif":        {"\x00\x00\x00\x1cftypavif\x00\x00", "AVIF"},
		"film.mp4":          {"\x00\x00\x00\x1cftypisom\x00\x00", "film"},
		"paper.pdf":         {"%PDF-1.7\n" + payload, "is not a picture"},
		"program.jpg":       {"MZ\x90\x00" + payload, "is not a picture"},
		"program.png":       {"\x7fELF\x02\x01\x01" + payload, "is not a picture"},
		"archive.png":       {"PK\x03\x04" + payload, "is an archive"},
		"long.png":          {pngOf(30_001, 1, 8, 2, ""), "at most 30000"},
		"large.png":         {pngOf(12_000, 12_000, 8, 2, ""), "megapixels"},
		"bomb.png":          {pngOf(20_000, 20_000, 1, 0, zeros(t, 20_000*2_501)), "megapixels"},
		"deep.png":          {pngOf(9_000, 9_000, 16, 6, ""), "MB of memory"},
		"no size.png":       {pngOf(0, 10, 8, 2, ""), "damaged or cut off"},
		"cut.png":           {whole[:len(whole)/2], "damaged or cut off"},
		"bad sum.png":       {strings.Replace(whole, "IDAT", "IDAU", 1), "damaged or cut off"},
		"cut.jpg":           {photo[:len(photo)/2], "damaged or cut off"},
		"head.jpg":          {photo[:20], "damaged or cut off"},
		"wide.jpg":          {jpegOf(0xc0, 65_535, 10), "at most 30000"},
		"progressive.jpg":   {jpegOf(0xc2, 9_000, 9_000), "MB of memory"},
		"no scans.jpg":      {jpegOf(0xc0, 100, 100), "damaged or cut off"},
		"huge.gif":          {"GIF89a\xff\xff\xff\xff\x00\x00\x00\x3b", "at most 30000"},
		"frame outside.gif": {"GIF89a\x05\x00\x05\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\x2c\x00\x00\x00\x00\xff\x00\xff\x00\x00\x02\x02\x44\x01\x00\x3b", "damaged or cut off"},
		"no frame.gif":      {"GIF89a\x05\x00\x05\x00\x00\x00\x00\x3b", "damaged or cut off"},
		"huge.bmp":          {bmpOf(0x7fffffff, 0x7fffffff), "damaged or cut off|at most 30000"},
		"negative.bmp":      {bmpOf(0xfffffff0, 10), "damaged or cut off|has no size"},
		"huge.tiff":         {tiffOf(0x7fffffff, 0x7fffffff), "damaged or cut off|at most 30000"},
		"loop.tiff":         {"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00", "damaged or cut off"},
		"lying.webp":        {"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\x7f\x2f\xff\xff\xff\xff", "damaged or cut off"},
		"cut.webp":          {"RIFF\x20\x00\x00\x00WEBPVP8L", "damaged or cut off"},
	}
}

// TestHostilePictures_AreRefusedByASentence sends each as a picture; nothing
// of them is kept. It runs alone, for it weighs the whole process.
func TestHostilePictures_AreRefusedByASentence(t *testing.T) {
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(1)
	before := h.kept()
	for name, hostile := range refusedPictures(t) {
		var added item.AddedPicture
		owner.send("POST", w.path+"/pictures?name="+url.QueryEscape(name), "image/png", strings.NewReader(hostile.data)).want(t, 200, &added)
		if added.Outcome != "refused" || added.Item != "" || !strings.HasPrefix(added.Reason, name+" ") || !says(added.Reason, hostile.says) {
			t.Errorf("%s: %+v, want a refusal with %q", name, added, hostile.says)
		}
	}
	if after := h.kept(); len(before) == 0 || !slices.Equal(after, before) {
		t.Errorf("files before: %v\nafter: %v", before, after)
	}
	var used runtime.MemStats
	if runtime.ReadMemStats(&used); used.HeapSys > 512<<20 {
		t.Errorf("the heap grew to %d MB", used.HeapSys>>20)
	}
}

// says tells whether a sentence holds one of the alternatives "a|b".
func says(sentence, alternatives string) bool {
	for one := range strings.SplitSeq(alternatives, "|") {
		if strings.Contains(sentence, one) {
			return true
		}
	}
	return false
}

// TestHostilePictures_ThatArePicturesComeOutClean sends true pictures that
// carry something else; what is served is drawn anew.
func TestHostilePictures_ThatArePicturesComeOutClean(t *testing.T) {
	t.Parallel()
	h := openHouse(t, false)
	owner := h.person(akhra.Owner)
	w := owner.project(0)
	whole, photo := string(drawing(t, 1)), string(asJPEG(t))
	head := len("\x89PNG\r\n\x1a\n") + 25
	exif := func(body string) string {
		segment := "Exif\x00\x00" + body
		return photo[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))) + segment + photo[2:]
	}
	for name, data := range map[string]string{
		"page behind.jpg":    photo + payload,
		"zip behind.jpg":     photo + "PK\x03\x04" + payload,
		"words within.png":   whole[:head] + pngChunk("tEXt", "Comment\x00"+payload) + whole[head:],
		"packed bomb.png":    whole[:head] + pngChunk("zTXt", "Comment\x00\x00"+zeros(t, 64<<20)) + whole[head:],
		"profile bomb.png":   whole[:head] + pngChunk("iCCP", "x\x00\x00"+zeros(t, 64<<20)) + whole[head:],
		"page in exif.jpg":   exif("II*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00\x21\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00" + payload),
		"endless exif.jpg":   exif("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"),
		"lying exif.jpg":     exif("MM\x00*\x00\x00\x00\x08\xff\xff" + strings.Repeat("\x01\x12\x00\x03\xff\xff\xff\xff\xff\xff\xff\xff", 200)),
		"comment within.jpg": photo[:2] + "\xff\xfe\x00\x23" + payload + photo[2:],
		payload + ".jpg":     photo + "a",
		"..\\..\\up.jpg":     photo + "b",
		"../../../up.jpg":    photo + "c",
		"gnp.\u202egpj":      photo + "d",
	} {
		var added item.AddedPicture
		owner.send("POST", w.path+"/pictures?name="+url.QueryEscape(name), "image/jpeg", strings.NewReader(data)).want(t, 200, &added)
		if added.Outcome != "imported" {
			t.Errorf("%s: %+v", name, added)
			continue
		}
		for _, side := range akhra.VariantSides {
			r := owner.ask("GET", fmt.Sprintf("/api/pictures/%s/%s/%d", w.id, added.Item, side), nil).want(t, 200, nil)
			if r.header.Get("Content-Type") != "image/jpeg" || bytes.Contains(r.body, []byte("alert")) || bytes.Contains(r.body, []byte("Exif")) {
				t.Errorf("%s is served as %s with what it carried", name, r.header.Get("Content-Type"))
			}
			if _, err := jpeg.Decode(bytes.NewReader(r.body)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	list := owner.ask("GET", w.path+"/items", nil).want(t, 200, nil)
	if strings.Contains(string(list.body), "\u202e") || list.header.Get("Content-Type") != "application/json" || list.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("names that hide what they are, or that a browser may take for a page: %v %s", list.header, list.body)
	}
}

// kept lists what the server keeps beside the database: blobs and scratch files.
func (h *house) kept() (names []string) {
	h.t.Helper()
	must(h.t, filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, "akhra.") {
			names = append(names, path)
		}
		return err
	}))
	return names
}

func asJPEG(t *testing.T) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(drawing(t, 3)))
	must(t, err)
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, img, nil))
	return out.Bytes()
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write([]byte(text))
	must(t, w.Close())
	return out.String()
}

// zeros is n bytes of nothing as zlib packs them.
func zeros(t *testing.T, n int) string {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(make([]byte, n))
	must(t, w.Close())
	return out.String()
}

func pngChunk(kind, body string) string {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(out, kind+body...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])))
}

// pngOf is a PNG of a claimed size with the pixels that are given.
func pngOf(w, h uint32, depth, colour byte, pixels string) string {
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", string(size)+string([]byte{depth, colour, 0, 0, 0}))
	return out + pngChunk("IDAT", pixels) + pngChunk("IEND", "")
}

// jpegOf is the start of a JPEG with a frame of a kind and claimed size.
func jpegOf(frame byte, w, h int) string {
	return string([]byte{0xff, 0xd8, 0xff, frame, 0, 17, 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xda, 0, 2})
}

func bmpOf(w, h uint32) string {
	out := append([]byte("BM"), make([]byte, 52)...)
	out[10], out[14], out[26], out[28] = 54, 40, 1, 24
	binary.LittleEndian.PutUint32(out[18:], w)
	binary.LittleEndian.PutUint32(out[22:], h)
	return string(out)
}

func tiffOf(w, h uint32) string {
	out := []byte("II*\x00\x08\x00\x00\x00\x04\x00")
	for tag, v := range map[uint16]uint32{256: w, 257: h} {
		out = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(out, tag), 4), 1), v)
	}
	return string(out) + strings.Repeat("\x00", 40)
}
