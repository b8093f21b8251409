package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/jsontree"
)

// version is set by the linker for a release. Otherwise, the version comes from the
// build information.
var version string

func newVersionCmd(a *app) *cobra.Command {
	var format string
	const long = "Print the version of hooktool, the commit it was built from, and the Go version."
	cmd := withoutConfig(about{"version", "Print the version", long, "  hooktool version\n  hooktool version --format json"}.command(
		func(context.Context, []string) error { return writeVersion(a.out, format) }))
	cmd.Args = help.Args(0, 0, "hooktool version")
	option.Format(cmd, &format, "text", "json")
	return cmd
}

func writeVersion(w io.Writer, format string) error {
	info := readBuildInfo()
	if format == "json" {
		return jsontree.Write(w, info)
	}
	text := "hooktool " + info.Version
	if info.Commit != "" {
		text += " (" + info.Commit + ")"
	}
	return printAll(w, fmt.Sprintf("%s %s %s\n", text, info.Go, info.Platform))
}

// buildInfo describes this binary.
type buildInfo struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func readBuildInfo() buildInfo {
	info := buildInfo{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	if info.Version == "" {
		info.Version = build.Main.Version
	}
	for _, setting := range build.Settings {
		if setting.Key == "vcs.revision" {
			info.Commit = setting.Value[:min(12, len(setting.Value))]
		}
	}
	return info
}
