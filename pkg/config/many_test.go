package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
)

// TestManyMistakes checks that repeated mistakes of a kind are only counted.
func TestManyMistakes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	_, err := config.Parse("c.yaml", []byte(b.String()), nil)
	all := source.ProblemsOf(err)
	if last := all[len(all)-1].Error(); len(all) != 21 || last != `c.yaml:1:1: 4980 more of these: unknown key "…"` {
		t.Errorf("%d mistakes, the last: %s", len(all), last)
	}
}

// TestManyReferences reads a line with thousands of references, each of which reports
// the line that it is in.
func TestManyReferences(t *testing.T) {
	t.Parallel()
	const n = 5_000
	text := "projects:\n- name: p\n  notificationIntegrations:\n    webhook:\n      url: http://x\n      alerts: true\n      alertTemplate: '" +
		strings.Repeat("{{ $i }}", n) + "'\n"
	file, err := config.ParseDocuments("c.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	count, size := 0, 0
	for _, x := range file.Webhooks[0].Expansions {
		count++
		size += len(x.Line)
	}
	if count != n || size > n*1000 {
		t.Errorf("%d references with lines of %d bytes", count, size)
	}
}
