package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/internal/golden"
)

// The folders of files generated from the commands.
const (
	manDir       = "../../docs/man"
	referenceDir = "../../docs/commands"
)

// TestReference checks that the man pages and the pages of docs/commands match the
// commands.
func TestReference(t *testing.T) {
	t.Parallel()
	root := newRootCmd(testApp())
	root.DisableAutoGenTag = true
	header := manHeader(t)
	written := map[string]bool{}
	eachCommand(root, func(cmd *cobra.Command) {
		name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
		var man bytes.Buffer
		if err := doc.GenMan(cmd, &header, &man); err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, withSections(man.Bytes()), filepath.Join(manDir, name+".1"))
		golden.Assert(t, markdownPage(t, cmd), filepath.Join(referenceDir, name+".md"))
		written[name+".1"], written[name+".md"] = true, true
	})
	removeStale(t, manDir, written)
	removeStale(t, referenceDir, written)
}

// withSections inserts the sections common to all man pages before SEE ALSO.
func withSections(page []byte) []byte {
	var b bytes.Buffer
	before, after, found := bytes.Cut(page, []byte("\n.SH SEE ALSO\n"))
	b.Write(bytes.TrimRight(before, "\n"))
	for _, section := range []struct{ title, text string }{
		{"EXIT STATUS", help.ExitCodes}, {"ENVIRONMENT", help.Environment}, {"FILES", filesHelp},
	} {
		_, text, _ := strings.Cut(section.text, "\n\n") // without its title
		text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.").Replace(strings.TrimRight(text, "\n"))
		b.WriteString("\n\n.SH " + section.title + "\n.EX\n" + text + "\n.EE")
	}
	b.WriteString("\n")
	if found {
		b.WriteString("\n\n.SH SEE ALSO\n")
		b.Write(after)
	}
	return b.Bytes()
}

const filesHelp = `Files

  .hooktool.yaml                  the configuration of a project
  ~/.config/hooktool/config.yaml  your own (in the folder for configuration)
  *hooktool-test.yaml             golden tests
`

// eachCommand visits the visible commands.
func eachCommand(cmd *cobra.Command, visit func(*cobra.Command)) {
	if cmd.Hidden {
		return
	}
	cmd.DisableAutoGenTag = true
	if cmd.HasParent() { // the generators would add a help command, which only the root has
		cmd.SetHelpCommand(&cobra.Command{Hidden: true})
	}
	visit(cmd)
	for _, sub := range cmd.Commands() {
		eachCommand(sub, visit)
	}
}

// markdownPage renders the page of a command. Links lead to files in this folder, whose
// names contain hyphens like those of man pages.
func markdownPage(t *testing.T, cmd *cobra.Command) []byte {
	t.Helper()
	var page bytes.Buffer
	link := func(name string) string { return strings.ReplaceAll(name, "_", "-") }
	if err := doc.GenMarkdownCustom(cmd, &page, link); err != nil {
		t.Fatal(err)
	}
	return append(bytes.TrimRight(page.Bytes(), "\n"), '\n')
}

// manHeader takes its date from the newest entry of the changelog, so that the pages
// change with the commands and not every day.
func manHeader(t *testing.T) doc.GenManHeader {
	t.Helper()
	changelog, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^## .*(\d{4}-\d\d-\d\d)`).FindSubmatch(changelog)
	if found == nil {
		t.Fatal("CHANGELOG.md has no entry with a date")
	}
	date, err := time.Parse(time.DateOnly, string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return doc.GenManHeader{Section: "1", Date: &date, Source: "hooktool", Manual: "hooktool manual"}
}

// TestCaskManPages checks that Homebrew's cask lists every man page, as it must.
func TestCaskManPages(t *testing.T) {
	t.Parallel()
	release, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var named, there []string
	for _, found := range regexp.MustCompile(`(?m)^ +- man/(.*)$`).FindAllSubmatch(release, -1) {
		named = append(named, string(found[1]))
	}
	entries, err := os.ReadDir(manDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		there = append(there, entry.Name())
	}
	if diff := golden.Diff(there, named); diff != "" {
		t.Errorf("the pages in %s and the manpages of .goreleaser.yaml (-there +named):\n%s", manDir, diff)
	}
}

// removeStale finds pages of commands that no longer exist, and deletes them with
// -update.
func removeStale(t *testing.T, dir string, written map[string]bool) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		switch {
		case written[entry.Name()]:
		case golden.Update():
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s belongs to no command: run the test with -update", path)
		}
	}
}
