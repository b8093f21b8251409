package teams

import (
	"testing"

	"github.com/hooktool/hooktool/internal/published"
)

// TestSince compares the versions of elements with Microsoft's library.
func TestSince(t *testing.T) {
	t.Parallel()
	var types map[string]struct{ Since string }
	published.Read(t, "adaptivecards.mjs", &types)
	for name, p := range types {
		switch name {
		case "AdaptiveCard", "Column", "TableRow", "TableCell", "CarouselPage": // parts, which have no version of their own
			continue
		}
		if got := since(name); got != p.Since {
			t.Errorf("%s is of version %s, published is %s", name, got, p.Since)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{{"1.4", "1.5", -1}, {"1.10", "1.9", 1}, {"2.0", "1.9", 1}, {"1.5", "1.5", 0}} {
		if got := compareVersions(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
