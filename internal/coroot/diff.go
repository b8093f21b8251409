package coroot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// Part is one part of a definition in two versions, as text for a diff.
type Part struct {
	Name  string // settings, or the name of a template such as alertTemplate
	Live  string // in Coroot
	Local string // here
}

// differs reports whether the two versions differ.
func (p Part) differs() bool { return p.Live != p.Local }

// Masker shows values without the secrets in them.
type Masker struct {
	URL    func(url string) string
	Header func(key, value string) string
	Secret func(value string) string // a password
}

// parts returns the parts of two definitions: the settings and the three templates.
// Secrets are masked; if two of them differ, the text says so. A URL that Coroot hides
// from the user is not compared.
func parts(live, local Definition, m Masker) []Part {
	if live.Hidden() {
		local.URL = hiddenURL
	}
	before, after := settingLines(live, m), settingLines(local, m)
	parts := []Part{{Name: "settings", Live: settingText(before, nil), Local: settingText(after, before)}}
	for _, kind := range event.Kinds() {
		parts = append(parts, Part{Name: kind.TemplateName(), Live: live.template(kind), Local: local.template(kind)})
	}
	return parts
}

// settingText writes settings one per line. A setting that looks the same as the other
// side's, but has a different value, says so.
func settingText(lines, others []settingLine) string {
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(line.shown)
		i := slices.IndexFunc(others, func(other settingLine) bool { return other.shown == line.shown })
		if i >= 0 && others[i].value != line.value {
			text.WriteString(" (another value)")
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// settingLine is a line that shows a setting, and what it stands for.
type settingLine struct{ shown, value string }

func settingLines(d Definition, m Masker) []settingLine {
	d = d.normal()
	var lines []settingLine
	add := func(key, shown, value string) {
		lines = append(lines, settingLine{key + ": " + shown, value})
	}
	if d.Hidden() {
		add("url", hiddenURL, "")
	} else {
		add("url", m.URL(d.URL), d.URL)
	}
	add("tlsSkipVerify", fmt.Sprint(d.TLSSkipVerify), "")
	if d.BasicAuth != nil {
		add("basicAuth.username", d.BasicAuth.User, "")
		add("basicAuth.password", m.Secret(d.BasicAuth.Password), d.BasicAuth.Password)
	}
	for i, h := range d.CustomHeaders {
		add(fmt.Sprintf("customHeaders[%d]", i), cmp.Or(h.Key, `""`)+": "+m.Header(h.Key, h.Value), h.Value)
	}
	for _, key := range slices.Sorted(maps.Keys(d.CustomFields)) {
		add("customFields."+key, d.CustomFields[key], "")
	}
	add("incidents", fmt.Sprint(d.Incidents), "")
	add("deployments", fmt.Sprint(d.Deployments), "")
	add("alerts", fmt.Sprint(d.Alerts), "")
	return lines
}
