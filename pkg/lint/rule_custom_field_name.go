package lint

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func customFieldName() Rule {
	return Rule{
		ID: "custom-field-name", Severity: Error,
		Summary: "the name of a custom field crashes Coroot, has no effect, or removes a built-in field",
		Why: "Coroot builds a Go struct from the event and the custom fields, with the first letter of each key in upper case.\n" +
			"If the result is not a Go identifier (`my-env`, `1abc`, `_x`, `émile`), or two keys become the same one (`team`\n" +
			"and `Team`), Coroot's notifier panics. A key that becomes the name of a built-in field (`status`) is dropped.\n" +
			"One that equals the JSON name of a built-in field whose Go name differs (`url`, `rule_name`) removes both from\n" +
			"`{{ json . }}`.",
		Bad: Example{
			Webhook: true,
			Text:    "webhooks:\n  chat:\n    url: ${CHAT_URL}\n    customFields:\n      my-env: prod\n      url: x\n      status: y\n",
			At:      []string{"5:7", "6:7", "7:7"},
		},
		Good: Example{
			Webhook: true,
			Text:    "webhooks:\n  chat:\n    url: ${CHAT_URL}\n    customFields:\n      my_env: prod\n      link: x\n      state: y\n",
		},
		check:    checkFieldNames,
		settings: checkFieldSettings,
	}
}

// fieldNames are the names of fields for each kind of a webhook's templates.
type fieldNames map[event.Kind]*webhook.FieldNames

func fieldNamesOf(kinds []event.Kind) fieldNames {
	names := fieldNames{}
	for _, kind := range kinds {
		names[kind] = webhook.NewFieldNames(kind)
	}
	return names
}

// add adds the key of a custom field, or returns what is wrong with it.
func (n fieldNames) add(key string) (message, hint string) {
	if key == "" {
		return "Coroot ignores a custom field without a name", "give it a name"
	}
	kinds := slices.DeleteFunc(event.Kinds(), func(kind event.Kind) bool { return n[kind] == nil })
	for _, kind := range kinds {
		used, err := n[kind].Try(key)
		var crash *webhook.CustomFieldError
		if errors.As(err, &crash) {
			return fmt.Sprintf("the custom field %q would crash Coroot: %s", crash.Key, crash.Reason), crash.Hint
		}
		if err == nil && !used {
			return fmt.Sprintf("the custom field %q has no effect: the built-in field .%s of an event wins", key, webhook.FieldName(key)), "rename it"
		}
		for _, field := range event.Fields(kind) {
			if field.JSON == key {
				return fmt.Sprintf("the custom field %q removes the built-in field .%s from {{ json . }}, and itself too", key, field.Name), "rename it"
			}
		}
	}
	for _, kind := range kinds {
		n[kind].Add(key)
	}
	return "", ""
}

// usableFields returns the custom fields that neither crash Coroot nor get lost.
func usableFields(kind event.Kind, fields map[string]string) map[string]string {
	usable := map[string]string{}
	for _, key := range webhook.UsableKeys(kind, slices.Sorted(maps.Keys(fields))) {
		usable[key] = fields[key]
	}
	return usable
}

// checkFieldNames reports field names given on the command line, once a webhook. Those
// of a webhook are reported at their definitions.
func checkFieldNames(p *pass) {
	kinds, defined := []event.Kind{p.template.Kind}, []string(nil)
	if hook := p.template.Hook(); hook != nil {
		kinds = kindsOf(*hook)
		if len(kinds) > 0 && kinds[0] != p.template.Kind {
			return
		}
		defined = definedFields(*hook)
	}
	names := fieldNamesOf(kinds)
	for _, key := range defined {
		names.add(key)
	}
	for _, key := range slices.Sorted(maps.Keys(p.given)) {
		if slices.Contains(defined, key) {
			continue
		}
		if message, hint := names.add(key); message != "" {
			p.report(at{}, message, hint)
		}
	}
}

// definedFields returns the custom fields that a webhook defines, sorted.
func definedFields(hook config.Webhook) []string {
	return slices.Sorted(maps.Keys(hook.Raw().CustomFields))
}

// kindsOf returns the kinds of a webhook's templates.
func kindsOf(hook config.Webhook) []event.Kind {
	return slices.DeleteFunc(event.Kinds(), func(kind event.Kind) bool {
		_, ok := hook.Templates[kind]
		return !ok
	})
}

func checkFieldSettings(p *settings) {
	kinds := kindsOf(p.hook.Webhook)
	if len(kinds) == 0 {
		kinds = event.Kinds()
	}
	names := fieldNamesOf(kinds)
	for _, s := range p.below("customFields.") {
		if message, hint := names.add(s.Key); message != "" {
			p.atKey(s, message, hint)
		}
	}
}
