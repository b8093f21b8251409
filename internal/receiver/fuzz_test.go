package receiver_test

import (
	"encoding/json"
	"testing"

	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// FuzzReceive checks that every stand-in gives a proper answer, whatever is posted.
func FuzzReceive(f *testing.F) {
	for _, d := range catalog.All() {
		f.Add([]byte(d.Example))
	}
	for _, seed := range []string{
		"", "{", `{"chat_id":1,"text":"a" b","x":[{"y":"}"}]}`, `{"text":"\ud83d\udd25\ud83d \u00zz"}`, "{\"text\":\"a\n\"}", `[{"labels":{}}]`, `{"embeds":[{"fields":[{}]}]}`, "\xff", "null",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, d := range catalog.All() {
			r := receiver.New(receiver.Options{Destination: d, Now: clock})
			answer := post(r, "POST", r.Endpoint(), string(body), key())
			if answer.StatusCode < 200 || answer.StatusCode > 499 {
				t.Errorf("%s answers %s to %q", d.Name, answer.Status, body)
			}
			if answer.Header.Get("Content-Type") == "application/json" && !json.Valid([]byte(answer.Body)) {
				t.Errorf("%s answers %q, which is not JSON", d.Name, answer.Body)
			}
		}
	})
}
