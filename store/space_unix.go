//go:build unix

package store

import "golang.org/x/sys/unix"

// room is how many bytes the disk of a folder has free for us, and in all.
func room(dir string) (free, whole uint64, err error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(dir, &disk); err != nil {
		return 0, 0, err
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), uint64(disk.Blocks) * uint64(disk.Bsize), nil
}
