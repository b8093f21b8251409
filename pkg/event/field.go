package event

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Field describes one field of the data that a template sees. The schema is data, so
// that help, documentation, type checks, proofs, samples and generated events all use
// the same.
type Field struct {
	Name     string // the name in a template, such as RuleName; empty for an element of a list
	JSON     string // the name in JSON, such as rule_name
	Type     string // string, bool, ApplicationID, ApplicationKind, ReportName, or "list of" followed by one of these or a struct's name
	Since    string // the first Coroot version that has the field
	Optional bool   // left out of JSON when empty
	Form     Form   // what a string field, or an element of a list of strings, can hold

	Values []string // every value that Coroot's types allow; nil for free text
	Usual  []string // the values that the newest Coroot sends; nil if those are all of Values, or nothing is known
	Dated  []Dated  // the values that only some versions send

	Empty     string   // when it is an empty text or a null list; "" if it never is
	Filled    []string // the statuses in which it can be filled; nil for all
	Examples  []string // texts such as Coroot sends, the most common first; nil where Usual or Values list them, and for structs
	Prefixes  []string // the text begins with one of these; nil if there is no such rule
	MaxLength int      // the number of characters at which Coroot cuts the text; 0 if it does not
	Uncut     []string // the Names of sibling fields for which it does not
	Plain     bool     // Kubernetes allows only letters, digits and dashes
	Breaking  []string // texts that Coroot could send and that break JSON where they are not escaped, the most believable first

	Fields []Field // the fields of a struct or of a list's elements
	Doc    string

	index   int    // in the Go struct
	element *Field // of a list
}

// Dated is a field's value that only some versions of Coroot send.
type Dated struct {
	Value string
	Since string // the first version that sends it; empty: every version that has the field
	Until string // the first version that no longer sends it; empty: the newest still does
}

// Form says which texts a string field can hold.
type Form string

// The forms of text. A proof must hold for FormText in every field except the
// enumerated ones; the others only make generated events look real.
const (
	FormText  Form = ""      // any Unicode text, quotes and line breaks included
	FormName  Form = "name"  // an identifier that a person chose: mostly plain, but nothing forbids quotes
	FormTitle Form = "title" // a title that Coroot sets: nothing forbids quotes, but it has none
	FormMade  Form = "made"  // letters and digits made by Coroot
	FormURL   Form = "url"   // a URL made by Coroot
	FormEnum  Form = "enum"  // one of Values
)

const listOf = "list of "

// IsList reports whether the field is a list.
func (f Field) IsList() bool { return strings.HasPrefix(f.Type, listOf) }

// IsText reports whether the field holds text, of a named type or not.
func (f Field) IsText() bool {
	switch f.Type {
	case "string", "ApplicationKind", "ReportName":
		return true
	}
	return false
}

// Element describes the elements of a list.
func (f Field) Element() Field {
	element := f
	element.Name, element.JSON, element.Optional, element.Empty, element.Filled = "", "", false, "", nil
	element.Type = strings.TrimPrefix(f.Type, listOf)
	return element
}

// Bounded reports whether Coroot or Kubernetes makes the texts of the field, and hardly
// ever one that breaks JSON.
func (f Field) Bounded() bool {
	return f.Plain || f.Form == FormURL || f.Form == FormMade || f.Form == FormEnum
}

// Breaks returns texts for the field that break JSON where they are not escaped: those
// that Coroot could send, or else some with a quote, a backslash and a line break.
func (f Field) Breaks() []string {
	switch known := f.Known(); {
	case f.Breaking != nil:
		return f.Breaking
	case f.Bounded() && len(known) > 0: // only a wrong setting could break it
		return []string{known[0] + `"`, known[0] + `\`, known[0] + "\n"}
	}
	return []string{`my "app"`, `my\app`, "my\napp"}
}

// SentBy returns the values that a version of Coroot sends in the field, or nil for
// free text. For some fields whose set of values is open, such as the names of reports,
// these are the known ones.
func (f Field) SentBy(v Version) []string {
	sent := f.Usual
	if sent == nil {
		sent = f.Values
	}
	sent = slices.Clone(sent)
	for _, dated := range f.Dated {
		had := v.has(dated)
		at := slices.Index(sent, dated.Value)
		switch {
		case had && at < 0:
			sent = append(sent, dated.Value)
		case !had && at >= 0:
			sent = slices.Delete(sent, at, at+1)
		}
	}
	return sent
}

// Known returns texts that the newest Coroot sends in the field: its usual
// values or its examples.
func (f Field) Known() []string {
	if sent := f.SentBy(Version{}); sent != nil {
		return sent
	}
	return f.Examples
}

// has reports whether a version sends the value.
func (v Version) has(d Dated) bool {
	if d.Until != "" && !v.Before(d.Until) {
		return false
	}
	return !v.Before(d.Since)
}

// Allows reports whether Coroot can send a value in the field. An empty one counts as
// missing.
func (f Field) Allows(value string) bool {
	return value == "" || len(f.Values) == 0 || slices.Contains(f.Values, value)
}

// NeverSent is the warning about a value that the field does not allow.
func (f Field) NeverSent(value string) *Problem {
	return &Problem{
		Message: fmt.Sprintf("Coroot never sends the %s %q", f.JSON, value),
		Hint:    words.Suggest(value, f.Values, "it must be one of "+strings.Join(f.Values, ", ")),
	}
}

// FieldByName returns the field of a kind's template data, such as Status.
func FieldByName(k Kind, name string) (Field, bool) {
	for _, field := range Fields(k) {
		if field.Name == name {
			return field, true
		}
	}
	return Field{}, false
}
