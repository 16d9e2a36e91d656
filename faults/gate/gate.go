//go:build linux

// Package gate stands between a process and its disk. The faults use it to fail,
// skip or cut off one call of a server.
//
//	g := &gate.Gate{Root: data, Decide: func(c gate.Call) gate.Verdict { return gate.Verdict{Kill: c.N == 40} }}
//	err := g.Start(exec.Command("akhra", "serve"))
//
// It needs Linux 5.19 and no root. The program that uses it must begin with
// Through: it starts itself again to go through the gate.
package gate

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Gate is asked by the kernel about every call of a process that makes bytes
// durable, of all threads in one order, before the call is made (seccomp user
// notification). So the Nth such call of a run can fail, be skipped, or be the
// last thing that happened.
type Gate struct {
	Decide func(Call) Verdict
	Root   string // only calls on files below it are told

	mu    sync.Mutex
	calls int
}

// Call is one call the gate was asked about.
type Call struct {
	N    int    // 1 for the first of the process
	Name string // fsync, pwrite or rename
	Path string // of the file, relative to the root
}

func (c Call) String() string { return fmt.Sprintf("%s %s (call %d)", c.Name, c.Path, c.N) }

// Verdict is what becomes of a call; the zero value lets it through.
type Verdict struct {
	Errno syscall.Errno // the call is not made and fails with it
	Lie   bool          // the call is not made and succeeds
	Kill  bool          // the process dies before it is made
}

// The calls a gate hears of.
var gated = map[int32]string{
	unix.SYS_FSYNC: "fsync", unix.SYS_FDATASYNC: "fsync", unix.SYS_PWRITE64: "pwrite",
	unix.SYS_RENAMEAT: "rename", unix.SYS_RENAMEAT2: "rename",
}

const word = "through-the-gate"

// Through turns this process into another program behind a gate, if it
// was started for that: argument 2 is the descriptor of a socket that the
// gate's other end is sent over, the rest the program and its arguments.
func Through() {
	if len(os.Args) < 4 || os.Args[1] != word {
		return
	}
	socket, err := strconv.Atoi(os.Args[2])
	if err == nil {
		runtime.LockOSThread()
		err = enter(socket)
	}
	if err == nil {
		err = syscall.Exec(os.Args[3], os.Args[3:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, "gate:", err)
	os.Exit(3)
}

// enter installs the filter on this thread, which exec will make the only
// one, and sends its other end away.
func enter(socket int) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	list := filter()
	program := unix.SockFprog{Len: uint16(len(list)), Filter: &list[0]}
	const waitKillable = 1 << 5 // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: no call is told twice because of a signal
	listener, _, errno := syscall.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_NEW_LISTENER|waitKillable, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("install filter: %w", errno)
	}
	if err := unix.Sendmsg(socket, []byte{0}, unix.UnixRights(int(listener)), nil, 0); err != nil {
		return fmt.Errorf("send the listener: %w", err)
	}
	return errors.Join(unix.Close(int(listener)), unix.Close(socket))
}

func filter() []unix.SockFilter {
	f := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}}
	for nr := range gated {
		f = append(f,
			unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: uint32(nr)},
			unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_USER_NOTIF})
	}
	return append(f, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW})
}

// Start runs a command behind the gate.
func (g *Gate) Start(cmd *exec.Cmd) error {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("make a socket pair: %w", err)
	}
	theirs := os.NewFile(uintptr(pair[1]), "gate")
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd.Args = append([]string{self, word, strconv.Itoa(3 + len(cmd.ExtraFiles)), cmd.Path}, cmd.Args[1:]...)
	cmd.Path, cmd.ExtraFiles = self, append(cmd.ExtraFiles, theirs)
	err = cmd.Start()
	theirs.Close()
	if err != nil {
		return errors.Join(err, unix.Close(pair[0]))
	}
	listener, err := receive(pair[0])
	if err = errors.Join(err, unix.Close(pair[0])); err != nil {
		return errors.Join(fmt.Errorf("open the gate: %w", err), cmd.Process.Kill(), cmd.Wait())
	}
	go g.watch(listener)
	return nil
}

func receive(socket int) (int, error) {
	data, rights := make([]byte, 1), make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, data, rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return -1, err
	}
	messages, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil || len(messages) == 0 {
		return -1, errors.Join(errors.New("no listener came"), err)
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return -1, err
	}
	return fds[0], nil
}

// The kernel's structures seccomp_notif and seccomp_notif_resp.
const (
	notifySize, replySize = 80, 24
	ioctlReceive          = 0xc0502100
	ioctlSend             = 0xc0182101
	flagContinue          = 1
)

// watch answers the kernel until the last thread behind the gate is gone.
func (g *Gate) watch(listener int) {
	defer unix.Close(listener)
	for {
		ready := []unix.PollFd{{Fd: int32(listener), Events: unix.POLLIN}}
		if _, err := unix.Poll(ready, -1); err == unix.EINTR {
			continue
		} else if err != nil || ready[0].Revents&unix.POLLIN == 0 {
			return
		}
		asked := make([]byte, notifySize)
		if err := ioctl(listener, ioctlReceive, asked); err != nil {
			continue // whoever asked has died
		}
		g.answer(listener, asked)
	}
}

func (g *Gate) answer(listener int, asked []byte) {
	reply := make([]byte, replySize)
	copy(reply, asked[:8])
	pid, nr, fd := int(binary.NativeEndian.Uint32(asked[8:])), int32(binary.NativeEndian.Uint32(asked[16:])), int32(binary.NativeEndian.Uint64(asked[32:]))
	switch v := g.ask(pid, gated[nr], fd); {
	case v.Kill:
		_ = syscall.Kill(pid, syscall.SIGKILL)
		return
	case v.Errno != 0:
		code := -int32(v.Errno)
		binary.NativeEndian.PutUint32(reply[16:], uint32(code))
	case v.Lie:
	default:
		binary.NativeEndian.PutUint32(reply[20:], flagContinue)
	}
	_ = ioctl(listener, ioctlSend, reply) // fails when the process died meanwhile
}

func (g *Gate) ask(pid int, name string, fd int32) Verdict {
	path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, fd))
	if err != nil || !strings.HasPrefix(path, g.Root) {
		return Verdict{}
	}
	if path, err = filepath.Rel(g.Root, path); err != nil {
		return Verdict{}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls++
	return g.Decide(Call{g.calls, name, path})
}

func ioctl(fd int, request uintptr, body []byte) error {
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), request, uintptr(unsafe.Pointer(&body[0]))); errno != 0 {
		return errno
	}
	return nil
}
