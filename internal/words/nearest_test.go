package words_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/words"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	fields := []string{"StatusCode", "Status", "Application", "Reports", "URL", "RCASummary", "RCARemediations"}
	for _, tt := range []struct{ word, want string }{
		{"Statuss", "Status"},
		{"status", "Status"},
		{"Sttaus", "Status"},
		{"Report", "Reports"},
		{"RcaSummary", "RCASummary"},
		{"Url", "URL"},
		{"Ulr", "URL"},
		{"Applicatoin", "Application"},
		{"Foo", ""},
		{"Rep", "Reports"},
		{"app", "Application"},
		{"RCA", ""}, // two begin with it
		{"Stat", "Status"},
		{"Uri", "URL"},
		{"Uxy", ""}, // two of three letters
		{"", ""},
		{"Severity", ""},
		{"ULRs", ""}, // two of four letters
	} {
		if got := words.Nearest(tt.word, fields); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	rules := []string{"json-structure", "json-unescaped", "unknown-field", "unknown-function", "bad-call"}
	for _, tt := range []struct{ word, want string }{
		{"unkown-field", "did you mean unknown-field?"},
		{"unescaped", "did you mean json-unescaped?"},
		{"json", "did you mean json-structure or json-unescaped?"},
		{"Unknown", "did you mean unknown-field or unknown-function?"},
		{"un", "none"},
		{"teapot", "none"},
	} {
		if got := words.Suggest(tt.word, rules, "none"); got != tt.want {
			t.Errorf("Suggest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
