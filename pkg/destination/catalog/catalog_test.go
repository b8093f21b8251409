package catalog_test

import (
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestNoFolderIsForgotten compares the list with the folders next to the package.
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

// TestDetect checks the order in which hints count.
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
		{catalog.Hints{URL: "https://example.com/x", Path: "slack/alert.tmpl"}, "generic", catalog.ByNothing},
		{catalog.Hints{URL: "https://example.com/x", Path: "ntfy/alert.tmpl"}, "ntfy", catalog.ByPath},
		{catalog.Hints{URL: "https://example.com/x", Bodies: bodies(`{"embeds":[]}`)}, "generic", catalog.ByNothing},
		{catalog.Hints{URL: "https://ntfy.sh/alerts", Name: "ntfy"}, "ntfy/topic", catalog.BySaying},
		{catalog.Hints{URL: "https://ntfy.sh/alerts"}, "ntfy/topic", catalog.ByAddress},
		{catalog.Hints{URL: "https://ntfy.example.com/"}, "ntfy", catalog.ByAddress},
		{catalog.Hints{Name: "teams/flow"}, "teams/flow", catalog.BySaying},
		{catalog.Hints{Path: "hooks/discord-alert.tmpl"}, "discord", catalog.ByPath},
		{catalog.Hints{Path: "slack/discord/alert.tmpl"}, "discord", catalog.ByPath},
		{catalog.Hints{Path: "slack-discord/alert.tmpl"}, "generic", catalog.ByNothing},
		{catalog.Hints{Path: "text.tmpl", Bodies: bodies(`{"embeds":[]}`)}, "discord", catalog.ByShape},
		{catalog.Hints{Bodies: bodies(`{"chat_id":1,"text":"x"}`)}, "telegram", catalog.ByShape},
		{catalog.Hints{Bodies: bodies(`{"text":"x"}`)}, "generic", catalog.ByNothing},
		{catalog.Hints{Bodies: bodies(`{"text":"x"}`, `{"embeds":[{}],"text":"x`)}, "discord", catalog.ByShape}, // all messages go to one destination
		{catalog.Hints{Bodies: bodies(`not JSON`, ` `)}, "plaintext", catalog.ByNothing},
		{catalog.Hints{Bodies: bodies(`not JSON`, `{"text":"x"}`)}, "generic", catalog.ByNothing},
		{catalog.Hints{Bodies: bodies("\ufeff{\"text\":")}, "generic", catalog.ByNothing},
		{catalog.Hints{Bodies: bodies(` `)}, "generic", catalog.ByNothing},
		// Thin shapes belong to others, too: PushPlus, WeCom, OneBot and Squadcast.
		{catalog.Hints{Bodies: bodies(`{"content":"x","username":"Coroot"}`)}, "discord", catalog.ByShape},
		{catalog.Hints{Bodies: bodies(`{"token":"x","title":"x","content":"x"}`)}, "generic", catalog.ByNothing},
		{catalog.Hints{Bodies: bodies(`{"msgtype":"markdown","markdown":{"content":"x"}}`)}, "wecom", catalog.ByShape},
		{catalog.Hints{Bodies: bodies(`{"message":"x","description":"x","priority":"P1","tags":{"a":"b"},"status":"trigger"}`)}, "generic", catalog.ByNothing},
	} {
		found, err := catalog.Detect(test.hints)
		if err != nil || found.Destination.String() != test.want || found.Source != test.source {
			t.Errorf("%+v: %v by %s, %v; want %s by %s", test.hints, found.Destination, found.Source, err, test.want, test.source)
		}
	}
}

func bodies(list ...string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, body := range list {
			if !yield([]byte(body)) {
				return
			}
		}
	}
}

// TestGuesses checks that a guess is a warning that says what it is based on.
func TestGuesses(t *testing.T) {
	t.Parallel()
	const wrong = `{"embeds":[{"title":5}]}`
	for _, test := range []struct {
		hints   catalog.Hints
		guessed bool
		from    string
	}{
		{catalog.Hints{Bodies: bodies(wrong)}, true, `the field "embeds"`},
		{catalog.Hints{Path: "discord/alert.tmpl", Bodies: bodies(wrong)}, false, `the name "discord"`},
		{catalog.Hints{Path: "discord/alert.tmpl", Bodies: bodies(`{"chat_id":1,"text":"x"}`)}, true, `the name "discord"`},
		{catalog.Hints{Name: "discord", Bodies: bodies(wrong)}, false, ""},
		{catalog.Hints{Bodies: bodies(`{"chat_id":1,"text":"x"}`)}, true, `the fields "chat_id" and "text"`},
	} {
		found, err := catalog.Detect(test.hints)
		if err != nil || found.Guessed() != test.guessed || found.From != test.from {
			t.Errorf("%+v: %+v, %v", test.hints, found, err)
			continue
		}
		for _, problem := range found.Check([]byte(wrong)) {
			warns := problem.Severity != destination.Error && strings.Contains(problem.Message, found.Note()) && strings.Contains(problem.Hint, "destination=generic")
			if test.guessed && !warns || !test.guessed && strings.Contains(problem.Message, "guess") {
				t.Errorf("%+v: %+v", test.hints, problem)
			}
		}
	}
}

func TestUnknownName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"telegrm": "telegram", "zulip/jsn": "zulip/json", "msteam": "teams", "xyzzy": ""} {
		_, err := catalog.Detect(catalog.Hints{Name: name})
		var unknown *catalog.UnknownError
		if !errors.As(err, &unknown) || unknown.Nearest != want {
			t.Errorf("the error of %s is %v, nearest %q", name, err, unknown.Nearest)
		}
	}
}

func folder(name string, elem ...string) string {
	return filepath.Join(append([]string{"..", name}, elem...)...)
}
