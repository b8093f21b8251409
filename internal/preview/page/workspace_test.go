package page_test

import (
	"context"
	"os"
	"path/filepath"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// pageOf is a page of the templates in a folder.
func pageOf(dir string) pages.Workspace {
	return pages.Workspace{
		Scan:  func(context.Context) pages.Scan { return scan(dir) },
		Check: func(ctx context.Context, t workspace.Template) lint.Result { return lint.Check(ctx, t, lint.Options{}) },
		Fix: func(ctx context.Context, t workspace.Template) (string, error) {
			result, err := rewrite.Fix(ctx, t.Kind, t.Text, rewrite.Options{})
			if err != nil {
				return "", err
			}
			return result.Text, nil
		},
		Limits: webhook.DefaultLimits(),
	}
}

func scan(dir string) pages.Scan {
	var s pages.Scan
	w := workspace.New(workspace.Options{})
	sources, err := w.Find(dir)
	s.Err = err
	for _, source := range sources {
		contents, err := w.Open(source)
		if err != nil {
			continue
		}
		for _, t := range contents.Templates {
			name, _ := filepath.Rel(dir, t.Path)
			s.Templates = append(s.Templates, pages.Template{
				Template: t, ID: name, Group: filepath.Dir(name), Title: filepath.Base(name),
				Save: func(text string) error { return os.WriteFile(t.Path, []byte(text), 0o644) },
			})
		}
	}
	s.Files = w.Watched()
	return s
}
