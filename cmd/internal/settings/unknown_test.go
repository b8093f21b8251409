package settings_test

import (
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/settings"
)

func TestMisspeltVariables(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"HOOKTOOL_DESTINATON":     "HOOKTOOL_DESTINATION",
		"HOOKTOOL_FAILON":         "HOOKTOOL_FAIL_ON",
		"HOOKTOOL_PASWORD":        "HOOKTOOL_PASSWORD",
		"HOOKTOOL_TRUSTED":        "HOOKTOOL_TRUST",
		"HOOKTOOL_DESTINATION":    "",
		"HOOKTOOL_TELEGRAM_TOKEN": "",
		"HOOKTOOL_TEST_LONG":      "",
		"HOOKTOOL_VERSION":        "",
		"HOOKTOOL_PATHS":          "",
		"HOOKTOOL_SLACK_URL":      "",
		"HOOKTOOL_TEAM":           "",
		"HOOKTOOL_ENV":            "",
		"HOOKTOOL_":               "",
		"HOOKTOOL_COLOUR":         "", // the configuration uses it
		"DESTINATON":              "",
	} {
		if empty := settings.MisspeltVariables([]string{name + "="}, func(string) bool { return false }); len(empty) > 0 {
			t.Errorf("%s is not set, and is reported", name)
		}
		got := ""
		for _, m := range settings.MisspeltVariables([]string{name + "=x"}, func(name string) bool { return name == "HOOKTOOL_COLOUR" }) {
			got = m.Meant
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
