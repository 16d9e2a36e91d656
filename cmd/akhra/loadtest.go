package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/project"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
	"akhra.dev/akhra/load"
)

const lagPatience = time.Minute

type loadtestCommand struct {
	URL       string        `name:"url" help:"Server to test; else one is started in a temporary folder." placeholder:"URL"`
	Login     string        `help:"Who signs in at --url: somebody who may invite people and take data away." placeholder:"LOGIN"`
	Password  string        `help:"Her password." env:"AKHRA_PASSWORD"`
	Project   string        `help:"Project at --url to answer in; people are invited for it and stay." placeholder:"P"`
	Rate      float64       `help:"Answers a second that fall due." default:"1000"`
	Think     time.Duration `help:"Median time a person takes for an answer: how many people there are follows from it and the rate. 0: a person for each connection, who answers when her last answer is acknowledged." default:"3s"`
	Clients   int           `help:"Connections that the people share." default:"64"`
	Listeners int           `help:"Open event streams beside them." default:"100"`
	Seconds   int           `help:"How long." default:"10"`
	Seed      uint64        `help:"Where chance starts." default:"1"`
	Dir       string        `help:"Folder whose disk is tested; else the temporary one." placeholder:"DIR"`
	JSON      bool          `name:"json" help:"Print one JSON object."`
}

// Run lets people answer, one durable answer a request, and fails when
// anything acknowledged is lost or counted twice.
func (l *loadtestCommand) Run(ctx context.Context, c *console.Console) error {
	if l.URL != "" && (l.Project == "" || l.Login == "") {
		return usage("--url needs --project and --login")
	}
	if l.Rate <= 0 || l.Clients < 1 || l.Seconds < 1 || l.Think < 0 {
		return usage("--rate, --clients and --seconds are more than nothing")
	}
	plan := load.Plan{Rate: l.Rate, Think: l.Think, Length: time.Duration(l.Seconds) * time.Second, Connections: l.Clients, Listeners: l.Listeners, Seed: l.Seed}
	target, leave, err := l.target(ctx, c, plan)
	if err != nil {
		return err
	}
	defer leave()
	fmt.Fprintf(c.Err, "%d people answer for %d s at %s\n", len(target.People), l.Seconds, target.Base)
	result, err := load.Run(ctx, target, plan)
	if err != nil {
		return err
	}
	if l.JSON {
		err = json.NewEncoder(c.Out).Encode(result)
	} else {
		_, err = fmt.Fprint(c.Out, result)
	}
	if result.Lost+result.Twice > 0 {
		return errors.Join(err, akhra.Errorf(akhra.Unavailable, "%d acknowledged answers are lost, %d count that must not.", result.Lost, result.Twice))
	}
	return err
}

func (l *loadtestCommand) target(ctx context.Context, c *console.Console, plan load.Plan) (load.Target, func(), error) {
	if l.URL != "" {
		t, err := l.remote(ctx, plan)
		return t, func() {}, err
	}
	dir, err := os.MkdirTemp(l.Dir, "akhra-loadtest-")
	if err != nil {
		return load.Target{}, nil, fmt.Errorf("make a folder: %w", err)
	}
	h, err := house.Open(ctx, house.Options{Dir: dir, Log: c.Err})
	if err != nil {
		return load.Target{}, nil, errors.Join(err, os.RemoveAll(dir))
	}
	clear := func() { h.Close(); os.RemoveAll(dir) }
	t, err := load.Furnish(ctx, h.DB, h.Org, plan)
	if err != nil {
		clear()
		return t, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		clear()
		return t, nil, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: h.API}
	go server.Serve(listener)
	t.Base, t.Memory, t.CPU = "http://"+listener.Addr().String(), resident, processor
	t.Lag = func(ctx context.Context) (float64, error) { return logLag(ctx, h) }
	return t, func() { h.API.EndStreams(); server.Close(); clear() }, nil
}

// logLag waits until every consumer of the log stands at the head and returns
// the seconds that took.
func logLag(ctx context.Context, h *house.House) (float64, error) {
	start := time.Now()
	head, err := h.DB.Head(ctx, h.Org.ID)
	if err != nil {
		return 0, fmt.Errorf("read the log's head: %w", err)
	}
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for h.Engine.Position() < head && time.Since(start) < lagPatience && ctx.Err() == nil {
		<-poll.C
	}
	return time.Since(start).Seconds(), nil
}

// remote invites the people of a plan to a project of a running server.
func (l *loadtestCommand) remote(ctx context.Context, plan load.Plan) (load.Target, error) {
	t := load.Target{Base: l.URL}
	cl := client.At(l.URL)
	var err error
	if t.Owner, err = cl.SignIn(ctx, l.Login, l.Password); err != nil {
		return t, err
	}
	card, err := cl.ProjectNamed(ctx, l.Project)
	if err != nil {
		return t, err
	}
	var p project.ProjectView
	if err := cl.Ask(ctx, "GET", "/api/projects/"+string(card.ID), nil, &p); err != nil {
		return t, err
	}
	one := load.Project{ID: p.ID}
	for _, class := range p.LabelSet.Classes {
		if !class.Deleted {
			one.Classes = append(one.Classes, class)
		}
	}
	t.Projects = []load.Project{one}
	for i := range plan.People() {
		who, err := invite(ctx, cl, fmt.Sprintf("load-%d-%d", time.Now().Unix(), i+1))
		if err != nil {
			return t, err
		}
		t.People = append(t.People, who)
	}
	return t, nil
}

// invite adds an annotator and signs her in.
func invite(ctx context.Context, c *client.Client, name string) (load.Person, error) {
	var link struct{ URL string }
	if err := c.Ask(ctx, "POST", "/api/people/links", map[string]string{"name": name, "role": string(akhra.Annotator)}, &link); err != nil {
		return load.Person{}, fmt.Errorf("invite a person: %w", err)
	}
	cookie, err := c.Enter(ctx, "/api/links/"+path.Base(link.URL), map[string]string{"name": name, "login": name, "password": rand.Text()})
	return load.Person{Name: name, Cookie: cookie}, err
}
