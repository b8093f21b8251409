package typecheck_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
)

// TestRecorded checks templates whose rendering by Coroot was recorded. One that
// rendered must have no type problem, and one that failed because of its types must
// have one.
func TestRecorded(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../testdata/golden/render.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	rendered, failed := 0, 0
	for lines.Scan() {
		var r struct {
			Name, Type, Template, Error string
			CustomFields                map[string]string `json:"custom_fields"`
			Body                        *string
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		var keys []string
		for key := range r.CustomFields {
			keys = append(keys, key)
		}
		problems, err := checkText(event.Kind(r.Type), r.Template, keys)
		found := typeProblems(problems)
		switch {
		case r.Body != nil && (err != nil || len(found) > 0):
			t.Errorf("%s renders but has problems: %v %+v\n%s", r.Name, err, found, r.Template)
		case r.Body != nil:
			rendered++
		case r.Error != "" && err == nil && len(found) == 0 && !recordedExcuse(r.Error):
			t.Errorf("%s fails but has no problem: %s\n%s", r.Name, r.Error, r.Template)
		case r.Error != "":
			failed++
		}
	}
	if rendered == 0 {
		t.Fatal("no recorded template was rendered")
	}
	t.Logf("%d templates that render, %d that fail", rendered, failed)
}

func recordedExcuse(text string) bool {
	return !strings.HasPrefix(text, "template:") || strings.Contains(text, "out of range") || strings.Contains(text, "exceeded maximum")
}
