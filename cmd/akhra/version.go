package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"akhra.dev/akhra/console"
)

type versionCommand struct {
	JSON bool `name:"json" help:"Print one object of JSON."`
}

// build is what is known of this program. Its keys are a contract with people's
// scripts.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Time     string `json:"time"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// released and commit are set by make release.
var released, commit string

// Run prints the version that was built in, the commit and the Go release.
func (v *versionCommand) Run(c *console.Console) error {
	b := thisBuild()
	if v.JSON {
		return json.NewEncoder(c.Out).Encode(b)
	}
	of := ""
	if b.Commit != "" {
		of = " " + b.Commit[:min(12, len(b.Commit))]
	}
	fmt.Fprintf(c.Out, "akhra %s%s %s\n", b.Version, of, b.Go)
	return nil
}

func thisBuild() build {
	b := build{Version: "development build", Commit: commit, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if released != "" {
		b.Version = released
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; released == "" && v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
