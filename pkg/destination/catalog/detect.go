package catalog

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Hints are what can tell which destination a template is for. Each may be
// empty.
type Hints struct {
	Name       string // what the user said
	Template   string // the text of the template, which can hold a directive
	Configured string // what the webhook's definition says
	URL        string // of the webhook
	Path       string // of the template file
	Body       []byte // a rendered message
}

// Source says what told a destination.
type Source string

// The sources, in the order in which they count.
const (
	BySaying    Source = "flag"
	ByDirective Source = "comment"
	ByConfig    Source = "config"
	ByAddress   Source = "url"
	ByPath      Source = "path"
	ByShape     Source = "payload"
	ByNothing   Source = "default"
)

// UnknownError is a name that is none of a destination.
type UnknownError struct {
	Name    string
	Nearest string // what was probably meant; may be empty
	Source  Source
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("the destination %q is not known; it must be one of %s", e.Name, strings.Join(Names(), ", "))
}

// Problem returns the error with its hint.
func (e *UnknownError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: e.Hint(), Err: e}
}

// Hint says what to do.
func (e *UnknownError) Hint() string {
	if e.Nearest == "" {
		return "see hooktool destinations; generic stands for any other receiver of JSON"
	}
	return words.DidYouMean(e.Nearest)
}

// Detect finds the destination, in this order: the name that the user gave, a
// comment in the template such as {{/* hooktool: destination=slack */}}, the
// webhook's definition, its URL, the name of the template's file or of a folder
// around it, and the shape of a payload. Without any of these it is generic. Of a
// destination that takes another payload at the URL it is that form.
// The error is an *UnknownError.
func Detect(h Hints) (*destination.Destination, Source, error) {
	said := []struct {
		name   string
		source Source
	}{
		{h.Name, BySaying},
		{webhook.Directive(h.Template)["destination"], ByDirective},
		{h.Configured, ByConfig},
	}
	for _, s := range said {
		if s.name == "" {
			continue
		}
		if d := ByName(s.name); d != nil {
			return d.At(h.URL), s.source, nil
		}
		return nil, s.source, &UnknownError{Name: s.name, Nearest: Nearest(s.name), Source: s.source}
	}
	if d := ByURL(h.URL); d != nil {
		return d, ByAddress, nil
	}
	if d := byPath(h.Path); d != nil {
		return d, ByPath, nil
	}
	if d := ByPayload(h.Body); d != nil {
		return d, ByShape, nil
	}
	return Generic(), ByNothing, nil
}

// byPath finds the name of a destination as a word in the file's name, or as
// the name of a folder around it, the nearest first.
func byPath(path string) *destination.Destination {
	steps := strings.Split(filepath.ToSlash(path), "/")
	for i := len(steps) - 1; i >= 0; i-- {
		var found *destination.Destination
		for _, word := range wordsOf(steps[i]) {
			d := ByName(word)
			switch {
			case d == nil || !telling(word):
			case found != nil && found != d:
				return nil // two names in one step tell nothing
			default:
				found = d
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// telling says whether a word in a path means a destination: text.tmpl and
// webhook.json are not about one.
func telling(word string) bool {
	switch word {
	case "text", "plain", "json", "webhook":
		return false
	}
	return true
}

// wordsOf splits a name at everything but letters and digits.
func wordsOf(name string) []string {
	list := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < '0' || '9' < r)
	})
	return append(list, strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name))))
}
