package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/people"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/house"
)

type userCommand struct {
	Data  string           `help:"Folder that holds everything." default:"./akhra-data" placeholder:"DIR" env:"AKHRA_DATA"`
	URL   string           `name:"url" help:"Address people use, for the link; else the server's own." placeholder:"URL"`
	Add   userAddCommand   `cmd:"" help:"Print a one-time link for a new person."`
	List  userListCommand  `cmd:"" help:"List the people."`
	PIN   userPINCommand   `cmd:"" name:"pin" help:"Print a new PIN for shared devices and unlock it."`
	Reset userResetCommand `cmd:"" help:"Print a one-time link to choose a new password, the owner's too."`
}

// Help says how a lost password is replaced; it stands under the help of the
// sub-command.
func (userCommand) Help() string {
	return "Nobody can read a password, and none is needed on this machine. Who lost hers, the owner too, gets a new one by a link that works once:\n\n" +
		"  akhra user list            # her login\n" +
		"  akhra user reset LOGIN     # prints the link; open it, choose a password"
}

type userAddCommand struct {
	Name string `arg:"" help:"Her name."`
	Role string `help:"owner, manager, reviewer, annotator or client." default:"annotator" enum:"owner,manager,reviewer,annotator,client"`
}

// Run prints the link of a new person.
func (u *userAddCommand) Run(ctx context.Context, c *console.Console, all *commands) error {
	return printLink(ctx, c, all.User, func(context.Context, *client.Client) (people.NewPerson, error) {
		return people.NewPerson{Name: u.Name, Role: akhra.Role(u.Role)}, nil
	})
}

type userResetCommand struct {
	Login string `arg:"" help:"What she types to sign in."`
}

// Run prints a link by which a person chooses a new password.
func (u *userResetCommand) Run(ctx context.Context, c *console.Console, all *commands) error {
	return printLink(ctx, c, all.User, func(ctx context.Context, cl *client.Client) (people.NewPerson, error) {
		id, err := byLogin(ctx, cl, u.Login)
		return people.NewPerson{User: id}, err
	})
}

// byLogin finds a person by what she types to sign in.
func byLogin(ctx context.Context, cl *client.Client, login string) (akhra.UserID, error) {
	var everybody people.People
	if err := cl.Ask(ctx, "GET", "/api/people", nil, &everybody); err != nil {
		return "", err
	}
	for _, p := range everybody.People {
		if p.Login == login {
			return p.ID, nil
		}
	}
	return "", akhra.Errorf(akhra.NotFound, "Nobody signs in as %q here.", login)
}

type userPINCommand struct {
	Login string `arg:"" help:"What she types to sign in."`
}

// Run gives a person a new PIN and prints it; the old one opens nothing more.
func (u *userPINCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.User.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	id, err := byLogin(ctx, cl, u.Login)
	if err != nil {
		return err
	}
	var made people.NewPIN
	if err := cl.Ask(ctx, "POST", "/api/people/"+string(id)+"/pin", nil, &made); err != nil {
		return err
	}
	fmt.Fprintln(c.Out, made.PIN)
	return nil
}

func printLink(ctx context.Context, c *console.Console, u userCommand, who func(context.Context, *client.Client) (people.NewPerson, error)) (err error) {
	cl, leave, err := house.Enter(ctx, house.Options{Dir: u.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	person, err := who(ctx, cl)
	if err != nil {
		return err
	}
	var link people.NewLinkView
	if err := cl.Ask(ctx, "POST", "/api/people/links", person, &link); err != nil {
		return err
	}
	if u.URL != "" {
		link.URL = readdress(link.URL, u.URL)
	}
	fmt.Fprintln(c.Out, link.URL)
	return nil
}

type userListCommand struct{}

// Run lists the people, one a line.
func (userListCommand) Run(ctx context.Context, c *console.Console, all *commands) (err error) {
	cl, leave, err := house.Enter(ctx, house.Options{Dir: all.User.Data, Log: c.Err})
	if err != nil {
		return err
	}
	defer leaving(leave, &err)
	var everybody people.People
	if err := cl.Ask(ctx, "GET", "/api/people", nil, &everybody); err != nil {
		return err
	}
	table := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LOGIN\tNAME\tROLE")
	for _, p := range everybody.People {
		fmt.Fprintf(table, "%s\t%s\t%s\n", p.Login, p.Name, p.Role)
	}
	return table.Flush()
}

// readdress puts another scheme and host before the path of a link.
func readdress(link, base string) string {
	_, path, found := strings.Cut(link, "/link/")
	if !found {
		return link
	}
	return strings.TrimSuffix(base, "/") + "/link/" + path
}

// leaving closes what a command opened and keeps the first error.
func leaving(leave func() error, err *error) {
	if closed := leave(); *err == nil {
		*err = closed
	}
}
