package demo

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
	"akhra.dev/akhra/sample"
)

// What is drawn.
const (
	projectName = "A leaf in the sal forest"
	pictures    = 600
	seed        = 1
	quality     = 90 // of JPEG
	examples    = 3  // a class
)

// Draw makes the demo's own project and fills it with drawn pictures; ready is
// closed as soon as somebody can begin. A demo kept from last time goes on where
// it stood.
func (d *Demo) Draw(ctx context.Context, ready chan<- struct{}) error {
	if err := d.open(ctx, projectName, sampleClasses(d.DB.NewID)); err != nil {
		return err
	}
	truth := make(map[string]string, pictures)
	d.truth = func(name string) string { return truth[name] }
	for n := range pictures { // the names first: the crowd reads them while pictures come
		truth[sample.NameOf(n)] = sample.Classes()[sample.ClassOf(seed, n)].Name
	}
	counts, err := d.DB.Counts(ctx, d.tenant)
	if err != nil {
		return fmt.Errorf("count the demo's pictures: %w", err)
	}
	return d.drawFrom(ctx, counts.Items, ready)
}

func (d *Demo) drawFrom(ctx context.Context, from int, ready chan<- struct{}) error {
	if from >= first {
		close(ready)
	}
	for n := from; n < pictures && ctx.Err() == nil; n++ {
		picture := sample.Draw(seed, n)
		var body bytes.Buffer
		if err := jpeg.Encode(&body, picture.RGBA, &jpeg.Options{Quality: quality}); err != nil {
			return fmt.Errorf("encode a sample picture: %w", err)
		}
		if _, err := d.Engine.Ingest.Add(ctx, ingest.Into{Tenant: d.tenant}, picture.Name, &body); err != nil {
			return fmt.Errorf("add a sample picture: %w", err)
		}
		if n == first-1 {
			if err := d.showExamples(ctx); err != nil {
				return err
			}
			close(ready)
		}
	}
	return nil
}

// showExamples gives each class the first pictures that show it.
func (d *Demo) showExamples(ctx context.Context) error {
	items, err := d.DB.Items(ctx, d.tenant, 0, first)
	if err != nil {
		return fmt.Errorf("find examples: %w", err)
	}
	for _, item := range items {
		for k := range d.classes {
			if c := &d.classes[k]; c.Name == d.truth(item.Name) && len(c.Examples) < examples {
				c.Examples = append(c.Examples, item.ID)
			}
		}
	}
	_, err = d.DB.SetLabels(ctx, d.tenant, d.classes)
	return err
}

func sampleClasses(newID func() string) []akhra.Class {
	classes := make([]akhra.Class, len(sample.Classes()))
	for i, c := range sample.Classes() {
		classes[i] = akhra.Class{ID: akhra.ClassID(newID()), Name: c.Name, Names: map[string]string{"hi": c.Hindi},
			Key: string(rune('1' + i)), Words: c.Words, Rules: map[string]string{"hi": c.Rule}}
	}
	return classes
}
