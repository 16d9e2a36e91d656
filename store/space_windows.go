package store

import "golang.org/x/sys/windows"

// room is how many bytes the disk of a folder has free for us, and in all.
func room(dir string) (free, whole uint64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, 0, err
	}
	return free, whole, windows.GetDiskFreeSpaceEx(path, &free, &whole, nil)
}
