package repeated_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/repeated"
)

func TestCounter(t *testing.T) {
	t.Parallel()
	var c repeated.Counter
	told := 0
	for i := range 200_000 {
		if c.Tell("a.yaml", fmt.Sprintf("unknown key %q", fmt.Sprint("k\"", i))) {
			told++
		}
	}
	if !c.Tell("b.yaml", `unknown key "x"`) || !c.Tell("a.yaml", "another") || told != repeated.Most {
		t.Errorf("%d are told", told)
	}
	rest := c.Rest()
	if len(rest) != 1 || rest[0].Where != "a.yaml" || rest[0].Message() != `199980 more of these: unknown key "…"` {
		t.Errorf("the rest is %v", rest)
	}
	if c.Rest() != nil {
		t.Error("the counter was not reset")
	}
}

// TestCounterKinds checks what is reported if each problem is of its own kind.
func TestCounterKinds(t *testing.T) {
	t.Parallel()
	var c repeated.Counter
	told := 0
	for i := range 5000 {
		if c.Tell("", strings.Repeat("x", i%50)+strings.Repeat("y", i/50)) {
			told++
		}
	}
	if rest := c.Rest(); told > 1000 || len(rest) == 0 {
		t.Errorf("%d are told, the rest is %v", told, rest)
	}
}
