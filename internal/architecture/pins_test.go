package architecture_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestPinned checks that workflows and images only run reviewed code: an action is
// pinned by its commit and an image by its digest, with the version next to it for
// people and for Dependabot.
func TestPinned(t *testing.T) {
	t.Parallel()
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses: (\S+.*)$`)
	pinned := regexp.MustCompile(`^[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$`)
	images := regexp.MustCompile(`(?m)^(?:FROM|\s+image:) (\S+)`)
	seen := 0
	for _, file := range rootFiles(t, ".github/workflows/*.yml", "action.yml", "Dockerfile", ".gitlab/*.yml") {
		text := readRoot(t, file)
		for _, match := range uses.FindAllStringSubmatch(text, -1) {
			seen++
			if !strings.HasPrefix(match[1], "./") && !pinned.MatchString(match[1]) {
				t.Errorf("%s uses %s: write OWNER/NAME@COMMIT # vVERSION", file, match[1])
			}
		}
		for _, match := range images.FindAllStringSubmatch(text, -1) {
			seen++
			if !strings.Contains(match[1], "@sha256:") {
				t.Errorf("%s takes the image %s without its digest", file, match[1])
			}
		}
	}
	if seen < 8 {
		t.Fatalf("only %d actions and images were found", seen)
	}
}

// TestPermissions checks that a workflow has no permissions except those that each of
// its jobs asks for.
func TestPermissions(t *testing.T) {
	t.Parallel()
	for _, file := range rootFiles(t, ".github/workflows/*.yml") {
		var workflow struct {
			Permissions any
			Jobs        map[string]struct{ Permissions map[string]string }
		}
		if err := yaml.Unmarshal([]byte(readRoot(t, file)), &workflow); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if rights, ok := workflow.Permissions.(map[string]any); !ok || len(rights) != 0 {
			t.Errorf("%s: permissions of the workflow are %v, want {}", file, workflow.Permissions)
		}
		if len(workflow.Jobs) == 0 {
			t.Errorf("%s has no jobs", file)
		}
		for name, job := range workflow.Jobs {
			if job.Permissions == nil {
				t.Errorf("%s: the job %s declares no permissions", file, name)
			}
		}
	}
}

// TestVersions checks that no page pins a version of hooktool that does not exist: it
// is the newest in the changelog, or main before the first release.
func TestVersions(t *testing.T) {
	t.Parallel()
	newest := "main"
	if match := regexp.MustCompile(`(?m)^## \[(\d+\.\d+\.\d+)\]`).FindStringSubmatch(readRoot(t, "CHANGELOG.md")); match != nil {
		newest = "v" + match[1]
	}
	versions := regexp.MustCompile(`(?:rev: |hooktool/hooktool@|HOOKTOOL_VERSION: |hooktool/hooktool/)(v\d[\w.]*|main|latest)\b`)
	seen := 0
	for _, file := range rootFiles(t, "README.md", "docs/*.md", ".gitlab/*.yml", ".pre-commit-hooks.yaml") {
		for _, match := range versions.FindAllStringSubmatch(readRoot(t, file), -1) {
			seen++
			if match[1] != newest {
				t.Errorf("%s has %s, want %s", file, match[0], newest)
			}
		}
	}
	if seen == 0 {
		t.Fatal("no version was found")
	}
}

func rootFiles(t *testing.T, patterns ...string) []string {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: no file was found (%v)", pattern, err)
		}
		for _, file := range found {
			relative, err := filepath.Rel(root, file)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, relative)
		}
	}
	return files
}

func readRoot(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
