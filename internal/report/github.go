package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hooktool/hooktool/pkg/lint"
)

// writeGitHub writes workflow commands, which GitHub Actions turns into annotations on
// the lines of a pull request. GitHub shows ten per severity and step, so only the
// first of each rule in a template are written, unless all are wanted.
func writeGitHub(w io.Writer, r *Report, o Options) error {
	out, users := bufio.NewWriter(w), usersOf(r)
	for _, result := range r.Results {
		var left rest
		for _, f := range result.Findings {
			if !o.Verbose && !left.tell(f, 1) {
				continue
			}
			fmt.Fprintf(out, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n", gitHubLevel(f.Severity), property(result.Path),
				f.Pos.Line, f.Pos.Column, f.End.Line, f.End.Column, property("hooktool "+f.Rule), data(users.message(result, f)))
		}
		for _, each := range left.list {
			fmt.Fprintf(out, "::%s file=%s,title=%s::%s\n", gitHubLevel(left.worst[each.Kind]), property(result.Path),
				property("hooktool "+each.Kind), data(each.Message()))
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

// data and property escape text as GitHub's toolkit does.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
