package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hooktool/hooktool/pkg/lint"
)

// writeGitHub writes workflow commands, which GitHub Actions turns into
// annotations beside the lines of a pull request.
func writeGitHub(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	for _, result := range r.Results {
		for _, f := range result.Findings {
			fmt.Fprintf(out, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n", gitHubLevel(f.Severity), property(result.Path),
				f.Pos.Line, f.Pos.Column, f.End.Line, f.End.Column, property("hooktool "+f.Rule), data(fullMessage(f)))
		}
	}
	for _, f := range r.Failures {
		fmt.Fprintf(out, "::error file=%s,line=%d,title=hooktool::%s\n", property(f.Path), max(f.Pos.Line, 1), data(f.Message))
	}
	return out.Flush()
}

func gitHubLevel(s lint.Severity) string {
	if s == lint.Info {
		return "notice"
	}
	return string(s)
}

// data and property escape as GitHub's toolkit does.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
