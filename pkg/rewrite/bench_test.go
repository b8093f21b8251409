package rewrite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

func BenchmarkFix(b *testing.B) {
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "templates", "telegram", "alert.tmpl"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := rewrite.Fix(context.Background(), event.KindAlert, string(text), rewrite.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
