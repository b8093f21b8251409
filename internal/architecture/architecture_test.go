// Package architecture checks the structure of this module: which packages may import
// which, and what none of them may import.
package architecture_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/hooktool/hooktool/"

// layers lists the layers from the lowest: each may import only the rows above its own,
// and what its own row allows in addition.
var layers = [][]string{
	{"pkg/source"},
	{"pkg/event"},
	{"pkg/event/generate", "internal/foreign"},
	{"internal/jsonwords", "pkg/webhook"},
	{"pkg/config", "pkg/destination/markup"},
	{"pkg/destination/message"},
	{"pkg/destination"},
	{ // their formats overlap: Opsgenie's alerts, Slack's messages, Teams' cards
		"pkg/destination/discord", "pkg/destination/jsm", "pkg/destination/mattermost", "pkg/destination/rocketchat",
		"pkg/destination/webex", "pkg/destination/zulip",
	},
	{"pkg/destination/catalog"},
	{"internal/alertrule", "internal/delivery", "internal/receiver", "internal/starter", "pkg/workspace"},
	{"pkg/typecheck"},
	{"internal/witness"},
	{"pkg/jsonflow"},
	{"pkg/rewrite"},
	{"pkg/lint"},
	{"internal/describe", "internal/meeting", "internal/report", "internal/preview", "internal/suite"},
	{"internal/preview/page"},
	{"internal/playground"},
	{"internal/coroot"},
	{"internal/lsp"},
}

// tools are small packages that every other may use. They know nothing about Coroot,
// and import nothing from this module except each other.
var tools = []string{
	"internal/atomicfile", "internal/automaton", "internal/golden", "internal/jsontree", "internal/junit", "internal/limited", "internal/plainrender", "internal/project", "internal/published", "internal/repeated",
	"internal/printable", "internal/typeset", "internal/vast", "internal/words", "internal/yamltext",
}

// pure are the packages that other programs import: they need only the standard library
// and jsonparser.
var pure = []string{"pkg/source", "pkg/event", "pkg/webhook"}

// forbidden lists what only the command may import.
var forbidden = []string{"github.com/spf13/", "github.com/fatih/color", module + "cmd/"}

func TestImports(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	for _, below := range []string{"pkg", "internal"} {
		checkImports(t, root, filepath.Join(root, below))
	}
}

func checkImports(t *testing.T, root, below string) {
	t.Helper()
	err := filepath.WalkDir(below, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		room := path.Dir(filepath.ToSlash(relative))
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			check(t, file, room, imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// slowToStart lists packages that the command must not link, because of their work at
// every start. Tests may use them.
var slowToStart = map[string]string{
	"github.com/santhosh-tekuri/jsonschema/v6": "compiles the metaschemas of six drafts: 2.8 ms and 1.7 MB",
}

func TestStart(t *testing.T) {
	t.Parallel()
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", module+"cmd/hooktool").Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Fields(string(list))
	if !slices.Contains(linked, "github.com/spf13/cobra") {
		t.Fatalf("cobra is not among the %d packages of the command: the list is not right", len(linked))
	}
	for name, reason := range slowToStart {
		if slices.Contains(linked, name) {
			t.Errorf("the command links %s, which %s", name, reason)
		}
	}
}

func check(t *testing.T, file, room, imported string) {
	t.Helper()
	for _, prefix := range forbidden {
		if strings.HasPrefix(imported, prefix) {
			t.Errorf("%s imports %s, which only the command may know", file, imported)
		}
	}
	if slices.Contains(pure, room) && strings.Contains(strings.Split(imported, "/")[0], ".") &&
		!strings.HasPrefix(imported, module) && imported != "github.com/buger/jsonparser" {
		t.Errorf("%s imports %s, but %s must need nothing but the standard library and jsonparser", file, imported, room)
	}
	other, ok := strings.CutPrefix(imported, module)
	if !ok || slices.Contains(tools, other) {
		return
	}
	if slices.Contains(tools, room) {
		t.Errorf("%s imports %s, but %s is a tool that knows nothing of the rooms it serves", file, other, room)
		return
	}
	related := other == room || strings.HasPrefix(other, room+"/") || strings.HasPrefix(room, other+"/")
	if layer(t, other) >= layer(t, room) && !related {
		t.Errorf("%s imports %s, which does not lie below %s", file, other, room)
	}
}

// layer returns the row of a package, or of a package above it.
func layer(t *testing.T, room string) int {
	t.Helper()
	found, longest := -1, ""
	for i, row := range layers {
		for _, name := range row {
			if (room == name || strings.HasPrefix(room, name+"/")) && len(name) > len(longest) {
				found, longest = i, name
			}
		}
	}
	if found >= 0 {
		return found
	}
	t.Fatalf("%s is in no layer: add it to the list", room)
	return 0
}
