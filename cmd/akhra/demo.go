package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/demo"
	"akhra.dev/akhra/house"
)

type demoCommand struct {
	Images string `help:"Folder of your own pictures; sub-folders become classes." placeholder:"DIR" type:"existingdir"`
	Crowd  int    `help:"Simulated annotators that work along." placeholder:"N"`
	Data   string `help:"Folder to keep the demo in; else it is thrown away at the end." placeholder:"DIR"`
	Addr   string `help:"Address to listen on; the demo answers this machine only." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	NoOpen bool   `help:"Do not open the browser."`
}

// Run shows the platform with a ready project until it is told to stop.
func (d *demoCommand) Run(ctx context.Context, c *console.Console) error {
	l, err := house.Listen(d.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if !isLoopback(l.Addr()) {
		return usage("the demo listens on this machine only; %s is open to others", d.Addr)
	}
	dir, clean, err := d.folder()
	if err != nil {
		return err
	}
	defer clean()
	h, err := house.Open(ctx, house.Options{Dir: dir, Addr: l.Addr().String(), Demo: true, Log: c.Err})
	if err != nil {
		return err
	}
	defer h.Close()
	link, err := d.welcome(ctx, c, h)
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan struct{})
	h.Go(func() { d.fill(working, c, h, ready) })
	if !d.NoOpen {
		h.Go(func() { openWhenReady(working, ready, link) })
	}
	err = h.Serve(ctx, l, "")
	stop()
	return err
}

// folder is where the demo lives; one that was not asked for is removed.
func (d *demoCommand) folder() (dir string, clean func(), err error) {
	if d.Data != "" {
		return d.Data, func() {}, nil
	}
	if dir, err = os.MkdirTemp("", "akhra-demo-"); err != nil {
		return "", nil, fmt.Errorf("make a folder for the demo: %w", err)
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// welcome makes the owner and prints the link that signs her in once.
func (d *demoCommand) welcome(ctx context.Context, c *console.Console, h *house.House) (link string, err error) {
	owner, exists := h.Owner(ctx)
	if !exists {
		owner = akhra.User{ID: akhra.UserID(h.DB.NewID()), Org: h.Org.ID, Name: "You", Login: "you", Role: akhra.Owner, Created: akhra.MillisOf(time.Now())}
		if err := h.DB.AddUser(ctx, owner); err != nil {
			return "", fmt.Errorf("make the owner: %w", err)
		}
	}
	token, err := h.API.NewLink(ctx, akhra.Link{Org: owner.Org, Role: owner.Role, Name: owner.Name, User: owner.ID})
	if err != nil {
		return "", err
	}
	link = h.Base() + "/link/" + token
	fmt.Fprintf(c.Out, "The demo is ready. It opens once at this link and answers this machine only:\n\n  %s\n\nStop it with Ctrl-C.\n", link)
	return link, nil
}

// fill brings the pictures in; the crowd begins as soon as it can. A failure
// ends the demo.
func (d *demoCommand) fill(ctx context.Context, c *console.Console, h *house.House, ready chan struct{}) {
	show := demo.New(demo.Parts{DB: h.DB, Engine: h.Engine, Org: h.Org.ID, Log: h.Log}, c)
	fail := func(err error) {
		if err != nil && ctx.Err() == nil {
			h.Fail(fmt.Errorf("demo: %w", err))
		}
	}
	if d.Crowd > 0 {
		h.Go(func() {
			select {
			case <-ready:
				fail(show.Crowd(ctx, d.Crowd))
			case <-ctx.Done():
			}
		})
	}
	if d.Images != "" {
		fail(show.Bring(ctx, d.Images, ready))
		return
	}
	fail(show.Draw(ctx, ready))
}

// openWhenReady opens the browser as soon as there is something to see.
func openWhenReady(ctx context.Context, ready <-chan struct{}, link string) {
	select {
	case <-ctx.Done():
		return
	case <-ready:
	}
	program := "xdg-open"
	if runtime.GOOS == "darwin" {
		program = "open"
	}
	opener := exec.CommandContext(ctx, program, link)
	if opener.Start() == nil {
		opener.Wait()
	}
}
