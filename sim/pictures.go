package sim

import (
	"archive/zip"
	"bytes"
	"fmt"
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
)

// side of the small square picture that embedders read.
const side = 64

// Cache keeps what embedding the same pictures again would cost: small
// pictures by file, and one recipe with its vectors by pool and seed.
type Cache struct {
	mu     sync.Mutex
	thumbs map[string][][]byte
	taught map[string]*embedded
}

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

// thumbs reads the small pictures of a list, in order.
func (c *Cache) thumbsOf(key, dir string, list []picture) ([][]byte, error) {
	c.mu.Lock()
	known := c.thumbs[key]
	c.mu.Unlock()
	if known != nil {
		return known, nil
	}
	folder, done, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	defer done()
	thumbs, errs := make([][]byte, len(list)), make([]error, len(list))
	each(len(list), func(i int) { thumbs[i], errs[i] = thumb(folder, list[i].file) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.thumbs == nil {
		c.thumbs = map[string][][]byte{}
	}
	c.thumbs[key] = thumbs
	return thumbs, nil
}

// thumb squashes one picture to 64 x 64, aspect ratio not kept.
func thumb(folder fs.FS, name string) ([]byte, error) {
	body, err := fs.ReadFile(folder, filepath.ToSlash(name))
	if err != nil {
		return nil, akhra.Errorf(akhra.NotFound, "The picture %s cannot be read.", name)
	}
	img, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, akhra.Errorf(akhra.Invalid, "The file %s is no picture.", name)
	}
	small := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	out := make([]byte, 0, embed.ThumbBytes)
	for i := 0; i < len(small.Pix); i += 4 {
		out = append(out, small.Pix[i], small.Pix[i+1], small.Pix[i+2])
	}
	return out, nil
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

// vectorsOf embeds pictures outside the pool by a fitted recipe.
func vectorsOf(recipe []byte, thumbs [][]byte) ([][]float32, error) {
	r := new(embed.Recipe)
	if err := r.UnmarshalBinary(recipe); err != nil {
		return nil, fmt.Errorf("read recipe: %w", err)
	}
	rows := make([][]float32, len(thumbs))
	each(len(thumbs), func(i int) {
		rows[i] = make([]float32, r.Dim())
		r.Vector(thumbs[i], rows[i])
	})
	return rows, nil
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
