// Command akhra runs the platform and its tools; `akhra --help` lists them.
// Configuration is read here and passed on; nothing else reads flags.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"akhra.dev/akhra/console"
)

// Exit codes, a contract with people's scripts.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPartly = 3 // done, but some input was refused
)

type commands struct {
	Serve    serveCommand    `cmd:"" help:"Run the platform."`
	Demo     demoCommand     `cmd:"" help:"Show the platform with a ready project, opened in the browser."`
	Import   importCommand   `cmd:"" help:"Bring pictures and known answers in."`
	Export   exportCommand   `cmd:"" help:"Write labelled data out."`
	Simulate simulateCommand `cmd:"" help:"Replay recorded or simulated answers through the whole loop."`
	Truth    truthCommand    `cmd:"" help:"Work with the answers of any crowd."`
	Loadtest loadtestCommand `cmd:"" help:"Measure durable answers per second over HTTP."`
	Model    modelCommand    `cmd:"" help:"Take the taught model out; add trained networks that see pictures."`
	Predict  predictCommand  `cmd:"" help:"Let a taught model tell pictures apart, without a server."`
	User     userCommand     `cmd:"" help:"Add and list people, give a new password."`
	Backup   backupCommand   `cmd:"" help:"Save everything while people work."`
	Restore  restoreCommand  `cmd:"" help:"Bring a backup back into a new folder, and prove that it is whole."`
	Fsck     fsckCommand     `cmd:"" help:"Read every stored file and list what is damaged or missing."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], console.New(os.Stdout, os.Stderr))
	stop()
	os.Exit(code)
}

// run does one command line and returns the exit code.
func run(ctx context.Context, args []string, c *console.Console) (code int) {
	var all commands
	exited := -1
	parser, err := kong.New(&all, kong.Name("akhra"), kong.Description("People teach a model to tell pictures apart."),
		kong.Writers(c.Out, c.Err), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(c))
	if err != nil {
		fmt.Fprintln(c.Err, "akhra:", err)
		return exitFailed
	}
	chosen, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(c.Err, "akhra: %v\nRun `akhra --help` to see what there is.\n", err)
		return exitUsage
	}
	return codeOf(chosen.Run(), c)
}

// usageError is a wrong use that the flags alone could not tell.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func codeOf(err error, c *console.Console) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, console.ErrPartly) {
		return exitPartly
	}
	fmt.Fprintln(c.Err, "akhra:", console.Sentence(err))
	if _, wrong := errors.AsType[usageError](err); wrong {
		return exitUsage
	}
	return exitFailed
}
