package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api"
)

type userCommand struct {
	Data  string           `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	URL   string           `name:"url" help:"Address people use, for the link." default:"http://127.0.0.1:8080"`
	Add   userAddCommand   `cmd:"" help:"Print a one-time link for a new person."`
	List  userListCommand  `cmd:"" help:"List the people."`
	Reset userResetCommand `cmd:"" help:"Print a one-time link to choose a new password."`
}

type userAddCommand struct {
	Name string `arg:"" help:"Her name."`
	Role string `help:"owner, manager, reviewer, annotator or client." default:"annotator" enum:"owner,manager,reviewer,annotator,client"`
}

// Run prints the link of a new person.
func (u *userAddCommand) Run(ctx context.Context, c *console, all *commands) error {
	return printLink(ctx, c, all.User, func(context.Context, *client) (api.NewPerson, error) {
		return api.NewPerson{Name: u.Name, Role: akhra.Role(u.Role)}, nil
	})
}

type userResetCommand struct {
	Login string `arg:"" help:"What she types to sign in."`
}

// Run prints a link by which a person chooses a new password.
func (u *userResetCommand) Run(ctx context.Context, c *console, all *commands) error {
	return printLink(ctx, c, all.User, func(ctx context.Context, cl *client) (api.NewPerson, error) {
		var people api.People
		if err := cl.ask(ctx, "GET", "/api/people", nil, &people); err != nil {
			return api.NewPerson{}, err
		}
		for _, p := range people.People {
			if p.Login == u.Login {
				return api.NewPerson{User: p.ID}, nil
			}
		}
		return api.NewPerson{}, akhra.Errorf(akhra.NotFound, "Nobody signs in as %q here.", u.Login)
	})
}

func printLink(ctx context.Context, c *console, u userCommand, who func(context.Context, *client) (api.NewPerson, error)) (err error) {
	cl, leave, err := enter(ctx, u.Data, c)
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	person, err := who(ctx, cl)
	if err != nil {
		return err
	}
	var link api.NewLinkView
	if err := cl.ask(ctx, "POST", "/api/people/links", person, &link); err != nil {
		return err
	}
	fmt.Fprintln(c.out, readdress(link.URL, u.URL))
	return nil
}

type userListCommand struct{}

// Run lists the people, one a line.
func (userListCommand) Run(ctx context.Context, c *console, all *commands) (err error) {
	cl, leave, err := enter(ctx, all.User.Data, c)
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var people api.People
	if err := cl.ask(ctx, "GET", "/api/people", nil, &people); err != nil {
		return err
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LOGIN\tNAME\tROLE")
	for _, p := range people.People {
		fmt.Fprintf(table, "%s\t%s\t%s\n", p.Login, p.Name, p.Role)
	}
	return table.Flush()
}

// leaving closes what a command opened and keeps the first error.
func leaving(leave func() error, err *error) {
	if closed := leave(); *err == nil {
		*err = closed
	}
}
