package sim

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // the formats pictures come in
	_ "image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"golang.org/x/image/draw"

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/sight"
)

// side of the small square picture that embedders read.
const side = 64

// Cache keeps what embedding the same pictures again would cost: pictures by
// file, and one recipe with its vectors by pool and embedder.
type Cache struct {
	mu     sync.Mutex
	copies map[string][]copied
	taught map[string]*embedded
}

// copied is a picture file and the small square made of it.
type copied struct{ body, thumb []byte }

// embedded is a fitted recipe and the vectors of a pool.
type embedded struct {
	recipe []byte
	dim    int
	seqs   []int64
	rows   [][]float32
}

// openFolder opens a folder of pictures, or the images.zip in it.
func openFolder(dir string) (fs.FS, func(), error) {
	if path := filepath.Join(dir, "images.zip"); exists(path) {
		archive, err := zip.OpenReader(path)
		if err != nil {
			return nil, nil, akhra.Errorf(akhra.Invalid, "The file %s is no zip.", path)
		}
		return archive, func() { _ = archive.Close() }, nil
	}
	if !exists(dir) {
		return nil, nil, akhra.Errorf(akhra.NotFound, "The folder %s cannot be read.", dir)
	}
	return os.DirFS(dir), func() {}, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// copiesOf reads the pictures of a list, in order.
func (c *Cache) copiesOf(key, dir string, list []picture) ([]copied, error) {
	c.mu.Lock()
	known := c.copies[key]
	c.mu.Unlock()
	if known != nil {
		return known, nil
	}
	folder, done, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	defer done()
	copies, errs := make([]copied, len(list)), make([]error, len(list))
	each(len(list), func(i int) { copies[i], errs[i] = copyOf(folder, list[i].file) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.copies == nil {
		c.copies = map[string][]copied{}
	}
	c.copies[key] = copies
	return copies, nil
}

// copyOf squashes one picture to 64 x 64, aspect ratio not kept.
func copyOf(folder fs.FS, name string) (copied, error) {
	body, err := fs.ReadFile(folder, filepath.ToSlash(name))
	if err != nil {
		return copied{}, akhra.Errorf(akhra.NotFound, "The picture %s cannot be read.", name)
	}
	img, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return copied{}, akhra.Errorf(akhra.Invalid, "The file %s is no picture.", name)
	}
	small := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	out := make([]byte, 0, embed.ThumbBytes)
	for i := 0; i < len(small.Pix); i += 4 {
		out = append(out, small.Pix[i], small.Pix[i+1], small.Pix[i+2])
	}
	return copied{body, out}, nil
}

func (c *Cache) get(key string) *embedded {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.taught[key]
}

func (c *Cache) put(key string, e *embedded) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.taught == nil {
		c.taught = map[string]*embedded{}
	}
	c.taught[key] = e
}

// asPictures decodes pictures for the loop.
func asPictures(copies []copied) ([]sight.Picture, error) {
	list, errs := make([]sight.Picture, len(copies)), make([]error, len(copies))
	each(len(copies), func(i int) {
		list[i].Thumb = copies[i].thumb
		list[i].Image, _, errs[i] = image.Decode(bytes.NewReader(copies[i].body))
	})
	return list, errors.Join(errs...)
}

// each runs do for 0..n-1 on every core.
func each(n int, do func(i int)) {
	var wait sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for w := range workers {
		wait.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wait.Wait()
}
