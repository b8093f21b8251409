package vast_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, tt := range vast.Templates() {
		if seen[tt.Name] || tt.Text == "" || len(tt.Text) > vast.Size+20_000 {
			t.Errorf("%s: %d bytes, again: %v", tt.Name, len(tt.Text), seen[tt.Name])
		}
		seen[tt.Name] = true
	}
}

// TestSomeOf checks which templates a sample has, and that the test says so.
func TestSomeOf(t *testing.T) {
	all := map[string]string{"a": "1", "b": "2", "c": "3", "d": "4"}
	for long, want := range map[string]int{"": 2, "1": 4} {
		t.Setenv("HOOKTOOL_TEST_LONG", long)
		got := vast.SomeOf(t, 3, all)
		if len(got) != want || got[0].Name != "a" || got[len(got)-1] != (vast.Template{Name: "d", Text: "4"}) {
			t.Errorf("HOOKTOOL_TEST_LONG=%q: %v", long, got)
		}
	}
}
