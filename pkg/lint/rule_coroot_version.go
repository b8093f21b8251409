package lint

import (
	"fmt"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

func corootVersion() Rule {
	return Rule{
		ID: "coroot-version", Severity: Error,
		Summary: "the Coroot version in use does not have this yet",
		Why: "With `--coroot-version`, hooktool reports what is newer than that version: the cluster of an application\n" +
			"came in 1.17.0, alerts in 1.18.0, custom fields and the AI's findings (`.RCASummary`, `.RCARemediations`) in\n" +
			"1.19.1. An older Coroot fails to execute the template. In 1.19.1 itself, custom fields broke the fields of\n" +
			"structs: `.Application.Name` printed `<no value>`.",
		Bad: Example{
			Kind: event.KindIncident, CorootVersion: "1.18.0",
			Text: `{{ .Status }} {{ .RCASummary }}`,
			At:   []string{"1:18"},
		},
		Good: Example{
			Kind: event.KindIncident, CorootVersion: "1.20.0",
			Text: `{{ .Status }} {{ .RCASummary }}`,
		},
		check: checkCorootVersion,
	}
}

// Version is a version of Coroot. The zero Version means the newest.
type Version = event.Version

// ParseVersion parses a version such as 1.18 or v1.19.2.
func ParseVersion(text string) (Version, error) { return event.ParseVersion(text) }

func checkCorootVersion(p *pass) {
	version := p.options.CorootVersion
	if version == (Version{}) || p.typecheck().err != nil {
		return
	}
	fields := event.Fields(p.template.Kind)
	if oldest := fields[0].Since; version.Before(oldest) {
		p.report(at{}, fmt.Sprintf("Coroot %s sends no %ss: they were added in %s", version, p.template.Kind, oldest), "")
		return
	}
	const customSince, brokenCustom = "1.19.1", "1.19.1"
	if len(p.template.CustomFields) > 0 && p.template.Webhook == "" && version.Before(customSince) {
		p.report(at{}, fmt.Sprintf("Coroot %s has no custom fields: they were added in %s", version, customSince), "")
	}
	if len(p.template.CustomFields) > 0 && version.String() == brokenCustom {
		p.report(at{}, "in Coroot 1.19.1 the fields of structs, such as .Application.Name, print <no value> when there are custom fields", "use 1.19.2 or newer")
	}
	newer := newerNames(fields, version)
	p.eachNode(func(node parse.Node) {
		for part, name := range source.Parts(node) {
			if since := newer[name]; since != "" { // a variable has none of these names: it begins with $
				start := source.PartStart(node, part)
				p.report(at{start, start + len(".") + len(name)}, fmt.Sprintf("Coroot %s has no .%s: it was added in %s", version, name, since), "")
			}
		}
	})
}

// newerNames returns the fields and methods that a version lacks, with the version that
// introduced each.
func newerNames(fields []event.Field, version Version) map[string]string {
	newer := map[string]string{}
	add := func(name, since string) {
		if version.Before(since) {
			newer[name] = since
		}
	}
	for _, field := range fields {
		add(field.Name, field.Since)
		for _, inner := range field.Fields {
			add(inner.Name, inner.Since)
		}
	}
	for _, method := range event.ApplicationMethods() {
		add(method.Name, method.Since)
	}
	return newer
}

// eachNode calls visit for every node of the template and of the templates it defines.
func (p *pass) eachNode(visit func(parse.Node)) {
	t := p.parse().source
	if t == nil {
		return
	}
	t.Inspect(func(node parse.Node) bool {
		visit(node)
		return true
	})
}
