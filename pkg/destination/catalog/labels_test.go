package catalog_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestLabels checks that no two places of a payload have the same label, because people
// see only the label of a text that is too long.
func TestLabels(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		for _, form := range append([]*destination.Destination{d}, d.Forms()...) {
			paths := map[string]string{}
			for _, limit := range form.AllLimits() {
				if other := paths[limit.Label]; other != "" && other != limit.Path {
					t.Errorf("%s: %q is %s and %s", form, limit.Label, other, limit.Path)
				}
				paths[limit.Label] = limit.Path
			}
		}
	}
}
