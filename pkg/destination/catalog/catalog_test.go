package catalog_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestNoFolderIsForgotten holds the list to the folders beside the package.
func TestNoFolderIsForgotten(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(folder("*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		if !slices.Contains([]string{"catalog", "markup", "message"}, name) && !slices.Contains(folders, name) {
			folders = append(folders, name)
		}
	}
	names := catalog.Names()
	slices.Sort(names)
	if !slices.Equal(folders, names) {
		t.Errorf("the folders are %v, the list has %v", folders, names)
	}
}

// TestDetect holds the order in which hints count.
func TestDetect(t *testing.T) {
	t.Parallel()
	const directive = "{{- /* hooktool: type=alert destination=discord */ -}}"
	for _, test := range []struct {
		hints  catalog.Hints
		want   string
		source catalog.Source
	}{
		{catalog.Hints{}, "generic", catalog.ByNothing},
		{catalog.Hints{Name: "Slack", Template: directive}, "slack", catalog.BySaying},
		{catalog.Hints{Template: directive, Configured: "slack"}, "discord", catalog.ByDirective},
		{catalog.Hints{Configured: "slack", URL: "https://api.telegram.org/bot1:a/sendMessage"}, "slack", catalog.ByConfig},
		{catalog.Hints{URL: "https://api.telegram.org/bot1:a/sendMessage", Path: "slack/alert.tmpl"}, "telegram", catalog.ByAddress},
		{catalog.Hints{URL: "https://example.com/x", Path: "slack/alert.tmpl", Body: []byte(`{"embeds":[]}`)}, "slack", catalog.ByPath},
		{catalog.Hints{Path: "hooks/discord-alert.tmpl"}, "discord", catalog.ByPath},
		{catalog.Hints{Path: "slack/discord/alert.tmpl"}, "discord", catalog.ByPath},
		{catalog.Hints{Path: "slack-discord/alert.tmpl"}, "generic", catalog.ByNothing},
		{catalog.Hints{Path: "text.tmpl", Body: []byte(`{"embeds":[]}`)}, "discord", catalog.ByShape},
		{catalog.Hints{Body: []byte(`{"chat_id":1,"text":"x"}`)}, "telegram", catalog.ByShape},
		{catalog.Hints{Body: []byte(`{"text":"x"}`)}, "generic", catalog.ByNothing},
		{catalog.Hints{Body: []byte(`not JSON`)}, "generic", catalog.ByNothing},
	} {
		d, source, err := catalog.Detect(test.hints)
		if err != nil || d.Name != test.want || source != test.source {
			t.Errorf("%+v: %v by %s, %v; want %s by %s", test.hints, d, source, err, test.want, test.source)
		}
	}
}

func TestUnknownName(t *testing.T) {
	t.Parallel()
	_, _, err := catalog.Detect(catalog.Hints{Name: "telegrm"})
	var unknown *catalog.UnknownError
	if !errors.As(err, &unknown) || unknown.Nearest != "telegram" {
		t.Errorf("the error is %v", err)
	}
}

func folder(name string, elem ...string) string {
	return filepath.Join(append([]string{"..", name}, elem...)...)
}
