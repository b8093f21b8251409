package event

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Unsent says how an event differs from those that a version of Coroot sends, and
// returns "" if that version could have sent it. The contents of free texts do not
// matter.
func (e Event) Unsent(v Version) string {
	root := e.Root()
	if !root.Exists() {
		return "the event is empty"
	}
	if v.Before(root.Field().Fields[0].Since) {
		return fmt.Sprintf("Coroot %s sends no %ss", v, e.Kind())
	}
	for part := range root.Parts() {
		if why := part.unsent(e.Status(), v); why != "" {
			return why
		}
	}
	return ""
}

func (p Place) unsent(status string, v Version) string {
	text, isText := p.Text()
	empty := p.value.IsZero() || p.Field().IsList() && p.Len() == 0
	switch f := p.Field(); {
	case v.Before(f.Since) && !empty && p.app == nil:
		return fmt.Sprintf("%s came with %s", p.Path, f.Since)
	case !empty && f.Filled != nil && !slices.Contains(f.Filled, status):
		return fmt.Sprintf("%s is empty when the status is %s", p.Path, status)
	case empty && f.IsList() && !p.value.IsNil():
		return fmt.Sprintf("%s is null when it is empty", p.Path)
	case isText && f.Form == FormEnum && !slices.Contains(f.SentBy(v), text):
		return fmt.Sprintf("%s is one of %s", p.Path, strings.Join(f.SentBy(v), ", "))
	case isText && f.Form != FormText && f.Empty == "" && empty:
		return fmt.Sprintf("%s is never empty", p.Path)
	case isText && f.MaxLength > 0 && utf8.RuneCountInString(text) > f.MaxLength:
		return fmt.Sprintf("%s is cut at %d characters", p.Path, f.MaxLength)
	case f.Type == "ApplicationID":
		return unsentApplication(*p.application(), v)
	}
	name, _ := p.Part("Name").Text()
	for part := range p.Parts() {
		if slices.Contains(part.Field().Uncut, name) {
			continue
		}
		if why := part.unsent(status, v); why != "" {
			return why
		}
	}
	return ""
}

// unsentApplication allows an alert without an application, which has only a cluster.
// Versions before 1.17.0 have no clusters.
func unsentApplication(id ApplicationID, v Version) string {
	switch {
	case v.Before(since117) && id.ClusterId != "":
		return "application.cluster_id came with " + since117
	case !v.Before(since117) && id.ClusterId == "":
		return "application.cluster_id is never empty"
	case (id.Namespace == "") != (id.Name == "") || (id.Kind == "") != (id.Name == ""):
		return "the namespace, kind and name of an application are all empty or none is"
	}
	return ""
}
