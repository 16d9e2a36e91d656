package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/ingest"
)

// Bring shows a folder of the visitor's own pictures; the names of its
// sub-folders become the classes, and what the crowd believes. ready is closed
// as soon as somebody can begin.
func (d *Demo) Bring(ctx context.Context, folder string, ready chan<- struct{}) error {
	dir, err := filepath.Abs(folder)
	if err != nil {
		return fmt.Errorf("find the pictures: %w", err)
	}
	names, err := ingest.Folders(dir)
	if err != nil {
		return err
	}
	if len(names) < 2 {
		return akhra.Errorf(akhra.Invalid, "The folder %s needs one sub-folder for each class, two at least.", dir)
	}
	classes, err := akhra.NewClasses(names, time.Now(), rand.Reader)
	if err != nil {
		return err
	}
	if err := d.open(ctx, filepath.Base(dir), classes); err != nil {
		return err
	}
	d.truth = func(name string) string {
		folder, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		return folder
	}
	return d.take(ctx, dir, ready)
}

// take brings the pictures in and tells what became of them.
func (d *Demo) take(ctx context.Context, dir string, ready chan<- struct{}) error {
	bar := d.c.Bar("Bringing in pictures")
	defer bar.End()
	begun := false
	report, err := d.Engine.Ingest.Dir(ctx, ingest.Into{Tenant: d.tenant}, dir, func(r ingest.Report) {
		bar.Show(r.Done, r.Total)
		if !begun && r.Imported+r.Known >= first {
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
	fmt.Fprintf(d.c.Out, "%d imported, %d known already, %d refused\n", report.Imported, report.Known, report.Refused)
	for _, r := range report.Reasons {
		fmt.Fprintf(d.c.Err, "refused %s: %s\n", r.Name, r.Reason)
	}
	return nil
}
