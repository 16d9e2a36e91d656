package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version that was built in, the commit and the Go release.
func (versionCommand) Run(c *console) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintln(c.out, "akhra (unknown build)")
		return nil
	}
	version, commit := info.Main.Version, ""
	if version == "" || version == "(devel)" {
		version = "development build"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = " " + s.Value[:min(12, len(s.Value))]
		}
	}
	fmt.Fprintf(c.out, "akhra %s%s %s\n", version, commit, info.GoVersion)
	return nil
}
