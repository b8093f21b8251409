package event

import (
	"encoding/binary"
	"maps"
	"slices"
)

// AppendKey appends a text that is the same for equal events, and for no others. A list
// of no elements does not equal a missing one, because JSON tells them apart.
func (e Event) AppendKey(key []byte) []byte {
	switch {
	case e.Incident != nil:
		v := e.Incident
		key = appendApplication(appendTexts(append(key, 'i'), v.Status, v.URL, v.RCASummary, v.RCARemediations), v.Application)
		key = appendLength(key, v.Reports)
		for i := range v.Reports {
			report := &v.Reports[i]
			key = appendTexts(key, string(report.Name), report.Check, report.Message)
		}
	case e.Deployment != nil:
		v := e.Deployment
		key = appendApplication(appendTexts(append(key, 'd'), v.Status, v.Version, v.URL), v.Application)
		key = appendTexts(appendLength(key, v.Summary), v.Summary...)
	case e.Alert != nil:
		v := e.Alert
		key = appendTexts(append(key, 'a'), v.Status, v.ProjectName, v.RuleName, v.Severity, v.Summary, v.Duration, v.ResolvedBy, v.URL)
		key = appendLength(appendApplication(key, v.Application), v.Details)
		for i := range v.Details {
			detail := &v.Details[i]
			key = append(appendTexts(key, detail.Name, detail.Value), bit(detail.Code))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.CustomFields)) {
		key = appendTexts(key, name, e.CustomFields[name])
	}
	return key
}

func appendApplication(key []byte, id ApplicationID) []byte {
	return append(appendTexts(key, id.ClusterId, id.Namespace, string(id.Kind), id.Name), bit(id.threeParts))
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
