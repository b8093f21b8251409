package catalog_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestPayloads checks the payloads in testdata/payloads.txtar of every folder.
// Each file NAME there is followed by NAME.want, the problems that it has. A
// name that begins with "good" has none; every other has at least one. Those of a
// form are in payloads-FORM.txtar.
func TestPayloads(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.Forms() {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			file := "payloads.txtar"
			if d.FormName != "" {
				file = "payloads-" + d.FormName + ".txtar"
			}
			runTable(t, folder(d.Name, "testdata", file), func(name string, body []byte) string {
				problems := d.Check(bytes.TrimSuffix(body, []byte("\n")))
				if good := strings.HasPrefix(name, "good"); good != (len(problems) == 0) {
					t.Errorf("%s has %d problems: %+v", name, len(problems), problems)
				}
				return printProblems(problems, len(body))
			})
		})
	}
}

// runTable runs every file of a txtar archive that does not end in .want, and compares
// the result with the .want file.
func runTable(t *testing.T, path string, run func(name string, data []byte) string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(text)
	result := &txtar.Archive{Comment: archive.Comment}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, ".want") {
			continue
		}
		result.Files = append(result.Files, file, txtar.File{Name: file.Name + ".want", Data: []byte(run(file.Name, file.Data))})
	}
	golden.Assert(t, txtar.Format(result), path)
}

func printProblems(problems []destination.Problem, size int) string {
	var b strings.Builder
	for _, p := range problems {
		if p.Offset < 0 || p.Offset > size {
			fmt.Fprintf(&b, "OFFSET OUTSIDE: ")
		}
		fmt.Fprintf(&b, "%d %s %s %s %s: %s\n", p.Offset, p.Path, p.Rule, p.Severity, orNone(string(p.Effect)), p.Message)
		if p.Hint != "" {
			fmt.Fprintf(&b, "    hint: %s\n", p.Hint)
		}
	}
	return b.String()
}

func orNone(word string) string {
	if word == "" {
		return "unsaid"
	}
	return word
}
