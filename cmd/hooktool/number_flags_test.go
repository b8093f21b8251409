package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestNumberFlags gives every numeric flag of every command values that are not numbers
// or that would overflow.
func TestNumberFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	never := []string{"", "NaN", "x", "1e999", "9223372036854775808", "-9223372036854775809", "9999999h9999999h", "0x", "1_", " 1", "--"}
	bad := map[string][]string{
		"int":      append([]string{"-1", "-2147483648", "2147483648", "9223372036854775807", "1e9", "1.5", "Inf", "1s"}, never...),
		"float64":  append([]string{"-1", "101", "1e300", "Inf", "-Inf", "1s"}, never...),
		"float32":  append([]string{"1e39", "Inf", "-Inf", "1s"}, slices.DeleteFunc(slices.Clone(never), func(s string) bool { return strings.Contains(s, "922337") })...),
		"duration": append([]string{"-1s", "-1ns", "9999999h", "25h", "1", "1e9", "Inf", "2562048h"}, never...),
	}
	tried := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			kind := flag.Value.Type()
			if strings.Contains("int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 count", kind) && kind != "int" {
				t.Errorf("%s --%s is of type %s, which has no bounds", cmd.CommandPath(), flag.Name, kind)
			}
			for _, value := range bad[kind] {
				tried++
				line := append(strings.Fields(cmd.CommandPath())[1:], "--"+flag.Name+"="+value)
				var out, errs bytes.Buffer
				code := run(line, streams{strings.NewReader(""), &out, &errs}, func(string) string { return "" })
				if code != exit.Misuse || out.Len() > 0 || !strings.Contains(errs.String(), "--"+flag.Name) || !strings.Contains(errs.String(), " must be ") {
					t.Errorf("hooktool %q: exit %d: %s%s", line, code, out.String(), errs.String())
				}
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRootCmd(&app{getenv: func(string) string { return "" }}))
	if tried < 100 {
		t.Errorf("only %d values were tried", tried)
	}
}
