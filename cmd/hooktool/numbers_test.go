package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// TestNumbers checks the numbers of rules, destinations and built-in events wherever
// they are documented, and that the pages about reports name every format.
func TestNumbers(t *testing.T) {
	t.Parallel()
	actual := map[string]int{
		"rules": len(lint.Rules()), "destinations": len(catalog.All()), "built-in events": len(event.Samples()),
		"starters": len(catalog.All()) * len(event.Kinds()), "starter templates": len(catalog.All()) * len(event.Kinds()),
	}
	numbered := regexp.MustCompile(`\b(\d+) (rules|destinations|built-in events|starters|starter templates)\b`)
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "../../README.md", "../../CHANGELOG.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range numbered.FindAllStringSubmatch(string(text), -1) {
			if n, err := strconv.Atoi(match[1]); err != nil || n != actual[match[2]] {
				t.Errorf("%s: %s, there are %d", filepath.Base(page), match[0], actual[match[2]])
			}
		}
		if name := filepath.Base(page); name == "validate.md" || name == "ci.md" {
			for _, format := range report.Formats() {
				if !strings.Contains(string(text), "`"+format+"`") {
					t.Errorf("%s does not name the format %s", name, format)
				}
			}
		}
	}
}
