package catalog_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestAnswers reads the answers in testdata/answers.txtar of every folder. Each file
// there holds a status line, headers, an empty line and a body; its name is the outcome
// and a description, and NAME.want is the verdict.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			outcomes := map[webhook.Outcome]bool{}
			runTable(t, folder(d.Name, "testdata", "answers.txtar"), func(name string, data []byte) string {
				verdict := d.Judge(parseAnswer(t, string(data)))
				want, _, _ := strings.Cut(name, "/")
				if string(verdict.Outcome) != want {
					t.Errorf("%s is judged as %s: %s", name, verdict.Outcome, verdict.Reason)
				}
				outcomes[verdict.Outcome] = true
				return fmt.Sprintf("%s\nreason: %s\nhint: %s\n", verdict.Outcome, verdict.Reason, verdict.Hint)
			})
			if !outcomes[webhook.Rejected] || len(outcomes) < 2 {
				t.Errorf("the answers show only the outcomes %v", outcomes)
			}
		})
	}
}

func parseAnswer(t *testing.T, text string) webhook.Response {
	t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	code, err := strconv.Atoi(strings.Fields(lines[0])[0])
	if err != nil {
		t.Fatal(err)
	}
	r := webhook.Response{StatusCode: code, Status: lines[0], Header: http.Header{}, Body: strings.TrimSuffix(body, "\n")}
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(line, ": ")
		r.Header.Set(key, value)
	}
	return r
}
