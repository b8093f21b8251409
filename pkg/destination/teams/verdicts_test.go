package teams

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/hooktool/hooktool/internal/published"
	"github.com/hooktool/hooktool/pkg/destination"
)

// TestVerdicts compares what is found in cards with what Microsoft's library says: a
// card in which it finds a mistake has at least a warning here, and one in which it
// finds none has none.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	const strict = "the library reads over it, the published schema forbids it"
	var said map[string][]string
	published.Read(t, "cardverdicts.mjs", &said)
	text, err := os.ReadFile("../../../testdata/oracles/cards.json")
	if err != nil {
		t.Fatal(err)
	}
	var cards map[string]json.RawMessage
	if err := json.Unmarshal(text, &cards); err != nil {
		t.Fatal(err)
	}
	other := map[string]string{ // where they differ, and why that is right
		"unknown element, fallback": "the library tells of the fallback, which is shown",
		"no text":                   strict, "image without url": strict, "no version": strict, "no facts": strict, "text as number": strict,
	}
	for name, card := range cards {
		body := `{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":` + string(card) + `}]}`
		var found []string
		for _, problem := range New().Check([]byte(body)) {
			if problem.Severity != destination.Info {
				found = append(found, problem.Message)
			}
		}
		differ := (len(found) > 0) != (len(said[name]) > 0)
		if differ != (other[name] != "") {
			t.Errorf("%s: found %q, the library says %q; expected to differ: %q", name, found, said[name], other[name])
		}
	}
}
