//go:build unix

package house

import (
	"net"
	"syscall"
)

// listenAlone opens a socket that only its owner can use.
func listenAlone(path string) (net.Listener, error) {
	old := syscall.Umask(0o177)
	defer syscall.Umask(old)
	return net.Listen("unix", path)
}
