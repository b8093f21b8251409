package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// templates reads the templates in testdata.
func templates(tb testing.TB) []workspace.Template {
	tb.Helper()
	paths, err := filepath.Glob("../../testdata/templates/*/*.tmpl")
	if err != nil || len(paths) == 0 {
		tb.Fatal("there are no templates", err)
	}
	var all []workspace.Template
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		kind, _, err := workspace.DetectKind(workspace.KindHints{Path: path, Text: string(text)})
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, workspace.Template{Path: path, Name: kind.TemplateName(), Kind: kind, Text: string(text)})
	}
	return all
}

// BenchmarkCheck checks one template with all rules and trials, as in a run over a
// thousand of them.
func BenchmarkCheck(b *testing.B) {
	all := templates(b)
	for i := range b.N {
		lint.Check(b.Context(), all[i%len(all)], lint.Options{})
	}
}

// BenchmarkThousand checks a thousand templates on all cores, each as if its text were
// unique.
func BenchmarkThousand(b *testing.B) { benchmarkThousand(b, func() *lint.Memory { return nil }) }

// BenchmarkThousandCopies is BenchmarkThousand with results shared between files of the
// same text, because teams copy files from one another.
func BenchmarkThousandCopies(b *testing.B) { benchmarkThousand(b, lint.NewMemory) }

func benchmarkThousand(b *testing.B, memory func() *lint.Memory) {
	b.Helper()
	all := templates(b)
	for range b.N {
		o := lint.Options{Brief: true, Memory: memory()}
		var units []lint.Unit
		for i := range 1000 {
			units = append(units, func(ctx context.Context) ([]lint.Result, error) {
				return []lint.Result{lint.Check(ctx, all[i%len(all)], o)}, nil
			})
		}
		lint.Run(b.Context(), units, func(int, []lint.Result, error) {})
	}
}
