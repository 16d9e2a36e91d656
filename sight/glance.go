package sight

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what variants are

	"akhra.dev/akhra"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/loop"
	"akhra.dev/akhra/numeric"
)

// eyes are what a recipe sees pictures with: the built-in blocks, trained networks or both.
type eyes struct {
	builtin  bool
	names    []string
	networks []Embedder
}

func (r *Room) eyesOf(ctx context.Context, org akhra.OrgID, builtin bool, names []string) (eyes, error) {
	e := eyes{builtin: builtin, names: names}
	for _, name := range names {
		n, err := r.networks(ctx, org, name)
		if err != nil {
			return e, fmt.Errorf("open network %s: %w", name, err)
		}
		e.networks = append(e.networks, n)
	}
	return e, nil
}

// glance is what eyes see of one picture.
type glance struct {
	thumb    []byte
	features [][]float32 // one list a network
}

func (g *glance) vector(recipe *embed.Recipe) []float32 {
	row := make([]float32, recipe.Dim())
	recipe.Vector(g.thumb, row, g.features...)
	return row
}

// look glances at many pictures on every core; a lost one is nil.
func (r *Room) look(ctx context.Context, e eyes, pictures []loop.Sight) ([]*glance, error) {
	glances, errs := make([]*glance, len(pictures)), make([]error, len(pictures))
	numeric.Share(len(pictures), func(i int) { glances[i], errs[i] = r.glance(ctx, e, pictures[i]) })
	return glances, errors.Join(errs...)
}

// glance reads a picture; nil when it is lost, for the others do not wait for it.
func (r *Room) glance(ctx context.Context, e eyes, of loop.Sight) (*glance, error) {
	g := &glance{}
	var err error
	if e.builtin {
		if g.thumb, err = r.read(ctx, of.Thumb); g.thumb == nil {
			return nil, err
		}
	}
	if len(e.networks) == 0 {
		return g, nil
	}
	body, err := r.read(ctx, of.Small)
	if body == nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("decode the small copy of picture %s: %w", of.Item, err)
	}
	return g, e.see(ctx, picture, g)
}

// see adds the features of every network.
func (e eyes) see(ctx context.Context, picture image.Image, g *glance) error {
	for _, n := range e.networks {
		rows, err := n.Embed(ctx, []image.Image{picture})
		if err != nil {
			return err
		}
		g.features = append(g.features, rows[0])
	}
	return nil
}

// read reads a blob, nil when it is lost: gone from the disk, or rotten.
func (r *Room) read(ctx context.Context, hash string) ([]byte, error) {
	body, err := r.blobs.Get(ctx, hash)
	if e, told := errors.AsType[*akhra.Error](err); told && (e.Code == akhra.NotFound || e.Code == akhra.Internal) {
		return nil, nil
	}
	return body, err
}

// fit makes a recipe of what was seen.
func (e eyes) fit(glances []*glance) (*embed.Recipe, error) {
	var seen []*glance
	for _, g := range glances {
		if g != nil {
			seen = append(seen, g)
		}
	}
	var thumbs [][]byte
	blocks := make([]embed.Block, len(e.networks))
	for k, n := range e.networks {
		blocks[k] = embed.Block{Name: e.names[k], Rows: numeric.NewMatrix(len(seen), n.Dim())}
	}
	for i, g := range seen {
		if e.builtin {
			thumbs = append(thumbs, g.thumb)
		}
		for k, row := range g.features {
			copy(blocks[k].Rows.Row(i), row)
		}
	}
	return embed.FitBlocks(thumbs, blocks, fitSeed)
}

// Picture is a picture outside a project: its thumb (embed.ThumbBytes) and itself.
type Picture struct {
	Thumb []byte
	Image image.Image
}

// VectorsOf gives pictures outside the project vectors by its recipe, on every core.
// Their Image may be nil where the recipe reads no network.
func (r *Room) VectorsOf(ctx context.Context, t akhra.Tenant, pictures []Picture) ([][]float32, error) {
	by, err := r.seeing(ctx, t)
	if err != nil {
		return nil, err
	}
	recipe := by.Recipe.Recipe
	if recipe == nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The pictures of the project have no vectors yet.")
	}
	e, err := r.eyesOf(ctx, t.Org, recipe.Builtin(), recipe.Networks())
	if err != nil {
		return nil, err
	}
	rows, errs := make([][]float32, len(pictures)), make([]error, len(pictures))
	numeric.Share(len(pictures), func(i int) {
		g := &glance{thumb: pictures[i].Thumb}
		if errs[i] = e.see(ctx, pictures[i].Image, g); errs[i] == nil {
			rows[i] = g.vector(recipe)
		}
	})
	return rows, errors.Join(errs...)
}
