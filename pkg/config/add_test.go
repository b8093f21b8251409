package config_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
)

func TestAddWebhook(t *testing.T) {
	t.Parallel()
	const entry = "  new:\n    url: http://x\n"
	for _, test := range []struct{ name, before, after string }{
		{"empty", "", "webhooks:\n  new:\n    url: http://x\n"},
		{"comment", "# mine\n", "# mine\nwebhooks:\n  new:\n    url: http://x\n"},
		{"other key", "color: never", "color: never\nwebhooks:\n  new:\n    url: http://x\n"},
		{"no webhooks yet", "webhooks:\ncolor: never\n", "webhooks:\n  new:\n    url: http://x\ncolor: never\n"},
		{"last", "webhooks:\n  a:\n    url: http://a\n", "webhooks:\n  a:\n    url: http://a\n  new:\n    url: http://x\n"},
		{"no line break at the end", "webhooks:\n  a:\n    url: http://a", "webhooks:\n  a:\n    url: http://a\n  new:\n    url: http://x\n"},
		{"in between", "webhooks:\n  a:\n    url: http://a\n\n# colours\ncolor: never\n", "webhooks:\n  a:\n    url: http://a\n  new:\n    url: http://x\n\n# colours\ncolor: never\n"},
		{"indented by four", "webhooks:\n    a:\n        url: http://a\n", "webhooks:\n    a:\n        url: http://a\n    new:\n      url: http://x\n"},
		{"own style", "webhooks: # all\n  a: {url: 'http://a'}   # first\n", "webhooks: # all\n  a: {url: 'http://a'}   # first\n  new:\n    url: http://x\n"},
		{"CRLF", "webhooks:\r\n  a:\r\n    url: http://a\r\n", "webhooks:\r\n  a:\r\n    url: http://a\r\n  new:\r\n    url: http://x\r\n"},
		{"block text", "webhooks:\n  a:\n    alertTemplate: |\n      x\n\n", "webhooks:\n  a:\n    alertTemplate: |\n      x\n  new:\n    url: http://x\n\n"},
		{"braces", "{webhooks: {}}\n", ""},
		{"webhooks in braces", "webhooks: {a: {url: x}}\n", ""},
		{"alias", "color: &c {}\nwebhooks: *c\n", ""},
		{"end marker", "color: never\n...\n", ""},
		{"kept line breaks", "webhooks:\n  a:\n    alertTemplate: |+\n      x\n\n", ""},
		{"the name is there", "webhooks:\n  new: {}\n", ""},
		{"broken", "webhooks: [\n", ""},
		{"several documents", "webhooks:\n---\na: b\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := config.AddWebhook("x.yaml", []byte(test.before), []string{"color"}, entry)
			if ok != (test.after != "") || string(got) != test.after {
				t.Errorf("%v, %q; want %q", ok, got, test.after)
			}
		})
	}
}

// FuzzAddWebhook checks AddWebhook against its promise: everything that was there is
// still there, byte for byte, around the insertion.
func FuzzAddWebhook(f *testing.F) {
	f.Add("webhooks:\n  a:\n    url: http://a\n")
	f.Add("color: never\n# x\nwebhooks:\n")
	f.Fuzz(func(t *testing.T, before string) {
		got, ok := config.AddWebhook("x.yaml", []byte(before), []string{"color"}, "  new:\n    url: http://x\n")
		if !ok {
			return
		}
		prefix := 0
		for prefix < len(before) && got[prefix] == before[prefix] {
			prefix++
		}
		for ; prefix >= 0; prefix-- {
			if strings.HasSuffix(string(got), before[prefix:]) && len(got) > len(before) {
				return
			}
		}
		t.Errorf("%q became %q", before, got)
	})
}
