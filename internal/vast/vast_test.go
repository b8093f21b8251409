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
