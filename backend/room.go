package backend

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"sync"

	"akhra.dev/akhra"
)

// Store keeps which networks there are.
type Store interface {
	AddBackbone(ctx context.Context, b akhra.Backbone) error
	Backbone(ctx context.Context, org akhra.OrgID, name string) (akhra.Backbone, error)
}

// Blobs keeps their files.
type Blobs interface {
	Get(ctx context.Context, hash string) ([]byte, error)
	PutBytes(ctx context.Context, body []byte) (string, error)
}

// Room opens the networks of an organisation, each once. It is safe for concurrent use.
type Room struct {
	store Store
	blobs Blobs

	mu     sync.Mutex
	opened map[place]*Network
}

type place struct {
	org  akhra.OrgID
	name string
}

// New makes the room over a store and the blobs of network files.
func New(store Store, blobs Blobs) *Room {
	return &Room{store: store, blobs: blobs, opened: map[place]*Network{}}
}

// Add checks a network and keeps it under the name of b, fed as b says. It fills in
// the hash of the file, the number of features and what the network gives of a picture
// made by formula. A file that cannot be run is refused with the reason.
func (r *Room) Add(ctx context.Context, b akhra.Backbone, file []byte) (akhra.Backbone, error) {
	if err := b.Validate(); err != nil {
		return b, err
	}
	network, err := load(b.Name, b.Input, file)
	if err != nil {
		return b, err
	}
	if b.Check, err = network.check(); err != nil {
		return b, err
	}
	b.Dim = network.Dim()
	if b.Blob, err = r.blobs.PutBytes(ctx, file); err != nil {
		return b, fmt.Errorf("keep a network: %w", err)
	}
	if err := r.store.AddBackbone(ctx, b); err != nil {
		return b, err
	}
	return b, nil
}

// Open returns a network by its name, read and checked the first time: the file must
// be the one that was added (its hash tells) and give what it gave then.
func (r *Room) Open(ctx context.Context, org akhra.OrgID, name string) (*Network, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := place{org, name}
	if n := r.opened[at]; n != nil {
		return n, nil
	}
	b, err := r.store.Backbone(ctx, org, name)
	if err != nil {
		return nil, err
	}
	file, err := r.blobs.Get(ctx, b.Blob)
	if err != nil {
		return nil, fmt.Errorf("read network %s: %w", name, err)
	}
	n, err := Open(b, file)
	if err != nil {
		return nil, err
	}
	r.opened[at] = n
	return n, nil
}

// Open makes a network of a file that was added before, here or on another machine: it
// must give what it gave then.
func Open(b akhra.Backbone, file []byte) (*Network, error) {
	n, err := load(b.Name, b.Input, file)
	if err != nil {
		return nil, err
	}
	now, err := n.check()
	if err != nil {
		return nil, err
	}
	if !agree(now, b.Check) {
		return nil, akhra.Errorf(akhra.Internal, "network %s gives other numbers than when it was added", b.Name)
	}
	return n, nil
}

// checks is how many values of a network are compared.
const checks = 32

// check runs a network on a picture made by formula and returns some of what it
// gives; numbers that are not finite, or all the same, are refused.
func (n *Network) check() ([]float32, error) {
	rows, err := n.Embed(context.Background(), []image.Image{sample(n.input.Side)})
	if err != nil {
		return nil, err
	}
	low, high := rows[0][0], rows[0][0]
	for _, v := range rows[0] {
		low, high = min(low, v), max(high, v)
	}
	if !(low < high) {
		return nil, unfit(n.name, errors.New("it gives the same number everywhere, or none"))
	}
	var some []float32
	for i := range min(checks, n.dim) {
		some = append(some, rows[0][i*n.dim/min(checks, n.dim)])
	}
	return some, nil
}

// sample is a picture of stripes and waves in all colours.
func sample(side int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			picture.SetRGBA(x, y, color.RGBA{R: uint8(x*3 + y*5), G: uint8(x*x/64 + y*2), B: uint8(x*y/32 + 67), A: 255})
		}
	}
	return picture
}

// agree tells whether features are the same but for rounding on another processor.
func agree(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !(math.Abs(float64(a[i]-b[i])) <= 1e-3) {
			return false
		}
	}
	return true
}
