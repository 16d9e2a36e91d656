package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"akhra.dev/akhra"
)

type demoCommand struct {
	Images string `help:"Folder of your own pictures; sub-folders become classes." placeholder:"DIR" type:"existingdir"`
	Crowd  int    `help:"Simulated annotators that work along." placeholder:"N"`
	Data   string `help:"Folder to keep the demo in; else it is thrown away at the end." placeholder:"DIR"`
	Addr   string `help:"Address to listen on; the demo answers this machine only." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	NoOpen bool   `help:"Do not open the browser."`
}

const demoProject = "A leaf in the sal forest"

// Run shows the platform with a ready project until it is told to stop.
func (d *demoCommand) Run(ctx context.Context, c *console) error {
	tuneMemory()
	l, err := listen(d.Addr)
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
	h, err := openHouse(ctx, houseOptions{dir: dir, addr: l.Addr().String(), demo: true, log: c.err})
	if err != nil {
		return err
	}
	defer h.close()
	show := &demo{h: h, c: c, command: d}
	link, err := show.welcome(ctx, "http://"+l.Addr().String())
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan struct{})
	h.done.Go(func() { show.fill(working, ready) })
	if !d.NoOpen {
		h.done.Go(func() { openWhenReady(working, ready, link) })
	}
	err = h.serve(ctx, l, "")
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

// demo is one showing.
type demo struct {
	h       *house
	c       *console
	command *demoCommand
	tenant  akhra.Tenant
	classes []akhra.Class
	truth   func(name string) string
}

// welcome makes the owner and prints the link that signs her in once.
func (d *demo) welcome(ctx context.Context, base string) (link string, err error) {
	owner, exists := d.h.owner(ctx)
	if !exists {
		owner = akhra.User{ID: akhra.UserID(d.h.db.NewID()), Org: d.h.org.ID, Name: "You", Login: "you", Role: akhra.Owner, Created: akhra.MillisOf(time.Now())}
		if err := d.h.db.AddUser(ctx, owner); err != nil {
			return "", fmt.Errorf("make the owner: %w", err)
		}
	}
	token, err := d.h.api.NewLink(ctx, akhra.Link{Org: owner.Org, Role: owner.Role, Name: owner.Name, User: owner.ID})
	if err != nil {
		return "", err
	}
	link = base + "/link/" + token
	fmt.Fprintf(d.c.out, "The demo is ready. It opens once at this link and answers this machine only:\n\n  %s\n\nStop it with Ctrl-C.\n", link)
	return link, nil
}

// fill brings the pictures in; the crowd begins as soon as it can. A failure
// ends the demo.
func (d *demo) fill(ctx context.Context, ready chan struct{}) {
	if d.command.Crowd > 0 {
		d.h.done.Go(func() {
			select {
			case <-ready:
				d.fail(ctx, d.crowd().work(ctx, d.command.Crowd))
			case <-ctx.Done():
			}
		})
	}
	d.fail(ctx, d.prepare(ctx, ready))
}

func (d *demo) crowd() *crowd {
	return &crowd{h: d.h, tenant: d.tenant, classes: d.classes, truth: d.truth}
}

func (d *demo) fail(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		d.h.failed <- fmt.Errorf("demo: %w", err)
	}
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
