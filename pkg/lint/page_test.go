package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/lint"
)

const pages = "../../docs/rules"

// TestPages checks that docs/rules is up to date; -update writes it.
func TestPages(t *testing.T) {
	t.Parallel()
	names := []string{"README.md"}
	for _, rule := range lint.Rules() {
		names = append(names, rule.ID+".md")
		golden.Assert(t, []byte(rule.Page(t.Context())), filepath.Join(pages, rule.ID+".md"))
	}
	golden.Assert(t, []byte(overview()), filepath.Join(pages, "README.md"))
	entries, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !slices.Contains(names, entry.Name()) {
			t.Errorf("%s is the page of no rule", entry.Name())
		}
	}
}

func overview() string {
	var b strings.Builder
	b.WriteString("# Rules\n\nWhat `hooktool validate` looks for. `hooktool explain RULE` prints the same text.\n\n| rule | severity | |\n|---|---|---|\n")
	for _, rule := range lint.Rules() {
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s |\n", rule.ID, rule.ID, rule.Severity, strings.ReplaceAll(rule.Summary, "|", `\|`))
	}
	return b.String()
}
