package house

import (
	"errors"
	"net"

	"golang.org/x/sys/windows"
)

// listenAlone opens a socket beside the data; who may open the data folder may
// open it, for Windows knows no other right of a socket than its folder's.
// Windows before version 1803 has no such sockets.
func listenAlone(path string) (net.Listener, error) {
	l, err := net.Listen("unix", path)
	if errors.Is(err, windows.WSAEAFNOSUPPORT) {
		err = errNoSockets
	}
	return l, err
}
