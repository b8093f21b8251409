package jsonflow_test

import (
	"context"
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func Example() {
	text := `{"text": "{{ .Status }}: {{ range .Reports }}{{ .Message }} {{ end }}"}`
	analysis, err := jsonflow.Analyze(context.Background(), event.KindIncident, text, jsonflow.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(analysis.Verdict)
	for _, p := range analysis.Problems {
		fmt.Printf("%s: %s at %s\n", p.Rule, text[p.Start:p.End], p.Path)
	}
	fmt.Printf("%s\n%s\n", analysis.Counterexample.Body, analysis.Counterexample.Error)
	// Output:
	// refuted
	// json-unescaped: .Message at $.text
	// {"text": "CRITICAL: 2 pods report "connection refused" "}
	// invalid character 'c' after object key:value pair
}
