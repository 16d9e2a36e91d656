// Package demo is the project that a visitor is shown: a few hundred drawn
// pictures, or a folder of her own ones, and simulated annotators who work along
// through the same queue and store as people do. It opens no data folder and
// serves nobody; what it begins, it goes on with where a kept demo stood.
//
//	d := demo.New(demo.Parts{DB: db, Engine: e, Org: org.ID, Log: log}, console)
//	ready := make(chan struct{})
//	go d.Draw(ctx, ready) // or d.Bring(ctx, dir, ready)
//	<-ready
//	err := d.Crowd(ctx, 5)
package demo

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/engine"
	"akhra.dev/akhra/store"
)

// What is asked and how.
const (
	question = "What is it?"
	explore  = 0.2 // more than usual is asked at random, so that a visitor sees an estimate after some minutes
)

// first is how many pictures are enough to begin with.
const first = 40

// Parts are what a demo runs on.
type Parts struct {
	DB     *store.DB
	Engine *engine.Engine
	Org    akhra.OrgID
	Log    *slog.Logger
}

// Demo is one showing.
type Demo struct {
	Parts
	c       *console.Console
	tenant  akhra.Tenant
	classes []akhra.Class
	truth   func(name string) string // class name of a picture, "" when unknown
}

// New makes a showing that has no project yet; it tells through c what became
// of a visitor's own pictures.
func New(p Parts, c *console.Console) *Demo { return &Demo{Parts: p, c: c} }

// open finds the demo's project or makes it.
func (d *Demo) open(ctx context.Context, name string, classes []akhra.Class) error {
	known, err := d.DB.ProjectByName(ctx, d.Org, name)
	if err == nil {
		d.tenant = akhra.Tenant{Org: known.Org, Project: known.ID}
		_, labels, err := d.DB.Project(ctx, d.tenant)
		d.classes = labels.Classes
		return err
	}
	if akhra.CodeOf(err) != akhra.NotFound {
		return fmt.Errorf("find the demo's project: %w", err)
	}
	settings := akhra.DefaultSettings()
	settings.Explore = explore
	p := akhra.Project{ID: akhra.ProjectID(d.DB.NewID()), Org: d.Org, Name: name, Question: question,
		LabelSet: akhra.LabelSetID(d.DB.NewID()), Settings: settings, Created: akhra.MillisOf(time.Now())}
	d.tenant, d.classes = akhra.Tenant{Org: p.Org, Project: p.ID}, classes
	if err := d.DB.AddProject(ctx, d.tenant, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: classes}); err != nil {
		return fmt.Errorf("make the demo's project: %w", err)
	}
	return nil
}
