package house

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"

	"akhra.dev/akhra"
	"akhra.dev/akhra/client"
	"akhra.dev/akhra/console"
)

// errNoSockets says that this system has no sockets that are files.
var errNoSockets = errors.New("no sockets that are files")

// Enter reaches a data folder: through the server that holds it, else by
// opening it as it is told to. leave must be called at the end.
func Enter(ctx context.Context, o Options) (c *client.Client, leave func() error, err error) {
	c = bySocket(o.Dir)
	if c.Alive(ctx) {
		return c, func() error { return nil }, nil
	}
	h, err := Open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	return client.Dial(h.own.dial), h.Close, nil
}

// bySocket asks whichever server holds a data folder.
func bySocket(dir string) *client.Client {
	var d net.Dialer
	return client.Dial(func(ctx context.Context, _, _ string) (net.Conn, error) {
		return d.DialContext(ctx, "unix", socketPath(dir))
	})
}

func socketPath(dir string) string { return filepath.Join(dir, "akhra.sock") }

// listenSocket opens the way in for other commands of the same person. The
// store's lock is held, so a file that is there is left over.
func listenSocket(dir string) (net.Listener, error) {
	path := socketPath(dir)
	os.Remove(path)
	l, err := listenAlone(path)
	if errors.Is(err, errNoSockets) {
		return nil, nil // other commands can come in once the server has stopped
	}
	if err != nil {
		return nil, akhra.Errorf(akhra.Unavailable, "The socket %s cannot be made: %v. A data folder with a shorter path may help.", path, console.Reason(err))
	}
	return l, nil
}
