package page_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	pages "github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// pageOf is a page of the templates in a folder.
func pageOf(dir string) pages.Workspace {
	return pages.Workspace{
		Scan: func(context.Context) pages.Scan { return scan(dir) },
		Detect: func(t pages.Template, body []byte) (*destination.Destination, error) {
			d, _, err := catalog.Detect(catalog.Hints{Path: t.Path, Body: body})
			return d, err
		},
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
	paths, _, errs := workspace.Walk(workspace.Disk{}, dir, workspace.IsTemplate)
	err := errors.Join(errs...)
	s.Err = err
	s.Files = append(s.Files, filepath.Join(dir, "*"))
	for _, path := range paths {
		s.Files = append(s.Files, path)
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		t := pages.Template{ID: name, Group: filepath.Dir(name), Title: filepath.Base(name), Err: err}
		t.Path, t.Text = path, string(text)
		if t.Kind, err = webhook.DetectKind(path, t.Text); err != nil || t.Kind == "" {
			continue
		}
		t.Name = t.Kind.TemplateName()
		t.Save = func(text string) error { return os.WriteFile(path, []byte(text), 0o644) }
		s.Templates = append(s.Templates, t)
	}
	return s
}
