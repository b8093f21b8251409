package webhook_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestUsableKeys checks that usable keys make a type, and that the others do not.
func TestUsableKeys(t *testing.T) {
	t.Parallel()
	keys := []string{"env", "Env", "", "status", "1st", "größe", "über", "a-b", "team", "env", "team\x00env", "URL"}
	for _, kind := range event.Kinds() {
		usable := webhook.UsableKeys(kind, keys)
		typ, used, err := webhook.DataType(kind, usable)
		if err != nil || !slices.Equal(used, []string{"env", "größe", "team"}) {
			t.Errorf("%s: %q become the fields %q: %v", kind, usable, used, err)
		}
		for _, name := range []string{"Env", "Größe", "Team"} {
			if _, ok := typ.FieldByName(name); !ok {
				t.Errorf("%s: no field %s", kind, name)
			}
		}
		for _, key := range keys {
			var crash *webhook.CustomFieldError
			_, _, err := webhook.DataType(kind, append(slices.Clone(usable), key))
			if fails := errors.As(err, &crash); fails == slices.Contains(usable, key) && !slices.Contains(used, key) {
				t.Errorf("%s: with %q: %v", kind, key, err)
			}
		}
	}
	if keys := webhook.UsableKeys("", []string{"env"}); keys != nil {
		t.Errorf("an event of no kind has the fields %q", keys)
	}
}

// TestDataTypeIsMadeOnce counts what the type of the dot takes, which each execution of
// a template asks for.
func TestDataTypeIsMadeOnce(t *testing.T) { //nolint:paralleltest // it counts allocations
	of := func(keys ...string) reflect.Type {
		typ, _, err := webhook.DataType(event.KindAlert, keys)
		if err != nil {
			t.Fatal(err)
		}
		return typ
	}
	if of("team", "env") != of("env", "team") {
		t.Error("the order of the keys matters")
	}
	if n := testing.AllocsPerRun(100, func() { of("env", "team") }); n > 10 {
		t.Errorf("a known type takes %v allocations", n)
	}
	if _, _, err := webhook.DataType(event.KindAlert, []string{"env\x00team"}); err == nil {
		t.Error("a wrong key is taken for two")
	}
}
