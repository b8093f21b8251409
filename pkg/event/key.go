package event

import (
	"encoding/binary"
	"maps"
	"slices"
)

// AppendKey appends a text that is the same for events that are equal in some fields, and
// for no others; has tells which, by their names in templates. Custom fields always
// count. A list of no elements does not equal a missing one, because JSON tells them apart.
func (e Event) AppendKey(key []byte, has func(field string) bool) []byte {
	k := keyed{key, has}
	switch {
	case e.Incident != nil:
		v := e.Incident
		k.key = append(k.key, 'i')
		k.text("Status", v.Status)
		k.text("URL", v.URL)
		k.text("RCASummary", v.RCASummary)
		k.text("RCARemediations", v.RCARemediations)
		k.application(v.Application)
		if has("Reports") {
			k.key = appendLength(k.key, v.Reports)
			for i := range v.Reports {
				report := &v.Reports[i]
				k.key = appendTexts(k.key, string(report.Name), report.Check, report.Message)
			}
		}
	case e.Deployment != nil:
		v := e.Deployment
		k.key = append(k.key, 'd')
		k.text("Status", v.Status)
		k.text("Version", v.Version)
		k.text("URL", v.URL)
		k.application(v.Application)
		if has("Summary") {
			k.key = appendTexts(appendLength(k.key, v.Summary), v.Summary...)
		}
	case e.Alert != nil:
		v := e.Alert
		k.key = append(k.key, 'a')
		k.text("Status", v.Status)
		k.text("ProjectName", v.ProjectName)
		k.text("RuleName", v.RuleName)
		k.text("Severity", v.Severity)
		k.text("Summary", v.Summary)
		k.text("Duration", v.Duration)
		k.text("ResolvedBy", v.ResolvedBy)
		k.text("URL", v.URL)
		k.application(v.Application)
		if has("Details") {
			k.key = appendLength(k.key, v.Details)
			for i := range v.Details {
				detail := &v.Details[i]
				k.key = append(appendTexts(k.key, detail.Name, detail.Value), bit(detail.Code))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.CustomFields)) {
		k.key = appendTexts(k.key, name, e.CustomFields[name])
	}
	return k.key
}

type keyed struct {
	key []byte
	has func(field string) bool
}

func (k *keyed) text(field, text string) {
	if k.has(field) {
		k.key = appendTexts(k.key, text)
	}
}

func (k *keyed) application(id ApplicationID) {
	if k.has("Application") {
		k.key = append(appendTexts(k.key, id.ClusterId, id.Namespace, string(id.Kind), id.Name), bit(id.threeParts))
	}
}

// appendTexts appends texts with their lengths, so that each ends where it ends.
func appendTexts(key []byte, texts ...string) []byte {
	for _, text := range texts {
		key = append(binary.AppendUvarint(key, uint64(len(text))), text...)
	}
	return key
}

// appendLength appends the length of a list; 0 stands for a missing one.
func appendLength[T any](key []byte, list []T) []byte {
	if list == nil {
		return append(key, 0)
	}
	return binary.AppendUvarint(key, uint64(len(list))+1)
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
