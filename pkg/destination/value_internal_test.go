package destination

import (
	"encoding/json"
	"testing"
)

// TestStringValues reads strings as encoding/json does.
func TestStringValues(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`""`, `"plain"`, `"é日🎉"`, `"\"\\\/\b\f\n\r\t"`, `"a\u003cb\n"`, `"\ud83c\udf89 \udf89"`, "\"\xff\xc3\"", "\"\\n\xff\"", `"\\n"`, `"\\\n"`, `"end\\"`,
	} {
		var want string
		if err := json.Unmarshal([]byte(body), &want); err != nil {
			t.Fatal(body, err)
		}
		v, fault := parseValue([]byte(body))
		if fault != nil || v.Text != want {
			t.Errorf("%s: %q, want %q (%v)", body, v.Text, want, fault)
		}
	}
}
