package main

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"path/filepath"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
	"akhra.dev/akhra/sample"
)

// What the demo shows: a few hundred drawn pictures, of which the first ones
// are enough to begin with.
const (
	demoPictures = 600
	demoFirst    = 40
	demoSeed     = 1
	demoQuality  = 90
	demoExamples = 3
	demoExplore  = 0.2 // more than usual is asked at random, so that a visitor sees an estimate after some minutes
)

// prepare makes the demo's project and fills it; ready is closed as soon as
// somebody can begin. A demo kept from last time goes on where it stood.
func (d *demo) prepare(ctx context.Context, ready chan<- struct{}) error {
	if d.command.Images != "" {
		return d.prepareOwn(ctx, ready)
	}
	if err := d.open(ctx, demoProject, "What is it?", sampleClasses(d.h.db.NewID)); err != nil {
		return err
	}
	truth := make(map[string]string, demoPictures)
	d.truth = func(name string) string { return truth[name] }
	for n := range demoPictures { // the names first: the crowd reads them while pictures come
		truth[sample.NameOf(n)] = sample.Classes()[sample.ClassOf(demoSeed, n)].Name
	}
	counts, err := d.h.db.Counts(ctx, d.tenant)
	if err != nil {
		return fmt.Errorf("count the demo's pictures: %w", err)
	}
	return d.draw(ctx, counts.Items, ready)
}

func (d *demo) draw(ctx context.Context, from int, ready chan<- struct{}) error {
	if from >= demoFirst {
		close(ready)
	}
	for n := from; n < demoPictures && ctx.Err() == nil; n++ {
		picture := sample.Draw(demoSeed, n)
		var body bytes.Buffer
		if err := jpeg.Encode(&body, picture.RGBA, &jpeg.Options{Quality: demoQuality}); err != nil {
			return fmt.Errorf("encode a sample picture: %w", err)
		}
		if _, err := d.h.engine.Ingest.Add(ctx, ingest.Into{Tenant: d.tenant}, picture.Name, &body); err != nil {
			return fmt.Errorf("add a sample picture: %w", err)
		}
		if n == demoFirst-1 {
			if err := d.showExamples(ctx); err != nil {
				return err
			}
			close(ready)
		}
	}
	return nil
}

// showExamples gives each class the first picture that shows it.
func (d *demo) showExamples(ctx context.Context) error {
	items, err := d.h.db.Items(ctx, d.tenant, 0, demoFirst)
	if err != nil {
		return fmt.Errorf("find examples: %w", err)
	}
	for _, item := range items {
		for k := range d.classes {
			if c := &d.classes[k]; c.Name == d.truth(item.Name) && len(c.Examples) < demoExamples {
				c.Examples = append(c.Examples, item.ID)
			}
		}
	}
	_, err = d.h.db.SetLabels(ctx, d.tenant, d.classes)
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

// prepareOwn shows a folder of the visitor's own pictures; the names of its
// sub-folders become the classes, and what the crowd believes.
func (d *demo) prepareOwn(ctx context.Context, ready chan<- struct{}) error {
	dir, err := filepath.Abs(d.command.Images)
	if err != nil {
		return fmt.Errorf("find the pictures: %w", err)
	}
	names, err := folderNames(dir)
	if err != nil {
		return err
	}
	if len(names) < 2 {
		return akhra.Errorf(akhra.Invalid, "The folder %s needs one sub-folder for each class, two at least.", dir)
	}
	classes, err := classesNamed(names)
	if err != nil {
		return err
	}
	if err := d.open(ctx, filepath.Base(dir), "What is it?", classes); err != nil {
		return err
	}
	d.truth = func(name string) string {
		folder, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		return folder
	}
	bar := newBar(d.c, "Bringing in pictures")
	defer bar.end()
	begun := false
	report, err := d.h.engine.Ingest.Dir(ctx, ingest.Into{Tenant: d.tenant}, dir, func(r ingest.Report) {
		bar.show(r.Done, r.Total)
		if !begun && r.Imported+r.Known >= demoFirst {
			close(ready)
			begun = true
		}
	})
	if err != nil {
		return fmt.Errorf("bring the pictures in: %w", err)
	}
	if !begun {
		close(ready)
	}
	fmt.Fprintf(d.c.out, "%d imported, %d known already, %d refused\n", report.Imported, report.Known, report.Refused)
	for _, r := range report.Reasons {
		fmt.Fprintf(d.c.err, "refused %s: %s\n", r.Name, r.Reason)
	}
	return nil
}

// open finds the demo's project or makes it.
func (d *demo) open(ctx context.Context, name, question string, classes []akhra.Class) error {
	known, err := d.h.db.ProjectByName(ctx, d.h.org.ID, name)
	if err == nil {
		d.tenant = akhra.Tenant{Org: known.Org, Project: known.ID}
		_, labels, err := d.h.db.Project(ctx, d.tenant)
		d.classes = labels.Classes
		return err
	}
	if akhra.CodeOf(err) != akhra.NotFound {
		return fmt.Errorf("find the demo's project: %w", err)
	}
	settings := akhra.DefaultSettings()
	settings.Explore = demoExplore
	p := akhra.Project{ID: akhra.ProjectID(d.h.db.NewID()), Org: d.h.org.ID, Name: name, Question: question,
		LabelSet: akhra.LabelSetID(d.h.db.NewID()), Settings: settings, Created: akhra.MillisOf(time.Now())}
	d.tenant, d.classes = akhra.Tenant{Org: p.Org, Project: p.ID}, classes
	if err := d.h.db.AddProject(ctx, d.tenant, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: classes}); err != nil {
		return fmt.Errorf("make the demo's project: %w", err)
	}
	return nil
}
