package rewrite_test

import (
	"context"
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// Fix makes the smallest change after which no event can break the JSON.
func ExampleFix() {
	result, err := rewrite.Fix(context.Background(), event.KindAlert, `{"text": "{{ .Summary }}"}`, rewrite.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Text, result.Analysis.Verdict)
	// Output: {"text": {{ json .Summary }}} proved
}
