package terminal_test

import (
	"bytes"
	"testing"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
)

func TestColored(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		mode terminal.Mode
		env  map[string]string
		want bool
	}{
		{terminal.Auto, nil, false}, // a buffer is not a terminal
		{terminal.Auto, map[string]string{"CLICOLOR_FORCE": "1"}, true},
		{terminal.Auto, map[string]string{"CLICOLOR_FORCE": "0"}, false},
		{terminal.Auto, map[string]string{"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, false},
		{terminal.Always, map[string]string{"NO_COLOR": "1"}, true},
		{terminal.Never, map[string]string{"CLICOLOR_FORCE": "1"}, false},
	} {
		getenv := func(name string) string { return tt.env[name] }
		if got := terminal.Colored(tt.mode, &bytes.Buffer{}, getenv); got != tt.want {
			t.Errorf("%s with %v: %v", tt.mode, tt.env, got)
		}
		p := terminal.NewPalette(tt.mode, &bytes.Buffer{}, getenv)
		if painted := p.Red("x") != "x"; painted != tt.want {
			t.Errorf("%s with %v paints %q", tt.mode, tt.env, p.Red("x"))
		}
	}
}

func TestWidth(t *testing.T) {
	t.Parallel()
	for columns, want := range map[string]int{"": terminal.DefaultWidth, "40": 40, "x": terminal.DefaultWidth, "-3": terminal.DefaultWidth} {
		if got := terminal.Width(&bytes.Buffer{}, func(string) string { return columns }); got != want {
			t.Errorf("with COLUMNS=%q the width is %d, want %d", columns, got, want)
		}
	}
}
