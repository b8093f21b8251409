package catalog

import (
	"fmt"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Hints are what can identify the destination of a template. Each may be empty.
type Hints struct {
	Name       string // what the user said
	Template   string // the text of the template, which may hold a directive
	Configured string // what the webhook's definition says
	URL        string // the URL of the webhook
	Path       string // the path of the template file
	// Bodies are rendered messages. They must be the same for every message of one
	// template, so that all of them get the same destination: see [Bodies].
	Bodies iter.Seq[[]byte]
}

// Source says what identified a destination.
type Source string

// The sources, the strongest first.
const (
	BySaying    Source = "flag"
	ByDirective Source = "comment"
	ByConfig    Source = "config"
	ByAddress   Source = "url"
	ByPath      Source = "path"
	ByShape     Source = "payload"
	ByNothing   Source = "default"
)

// Found is a destination, and what identified it.
type Found struct {
	Destination *destination.Destination
	Source      Source
	From        string // what it is based on, in words, such as the field "embeds"; empty for what was said

	guessed bool
}

// UnknownError reports a name that no destination has.
type UnknownError struct {
	Name    string
	Nearest string // what was probably meant; may be empty
	Source  Source
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("unknown destination %q: it must be one of %s", e.Name, words.Or(Names()))
}

// Problem returns the error with what to do; see source.Teller.
func (e *UnknownError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: words.Hint(e.Nearest, "see hooktool destinations; generic is any other receiver of JSON"), Err: e}
}

// Misuse is true because the name comes from the user; see source.Misuse.
func (e *UnknownError) Misuse() bool { return true }

// Detect finds the destination, in this order: the name that the user gave, a comment
// in the template such as {{/* hooktool: destination=slack */}}, the webhook's
// definition, its URL, the name of the template's file or of a folder around it, and
// the shape of the bodies. If the destination has another form at the URL, it is that
// form.
//
// A name in a path or a shape does not count for a webhook whose URL is on a host other
// than that destination's. A shape is a guess, and so is a name in a path if the shape
// says otherwise: see [Found.Guessed]. Without any of these it is generic, or plain
// text if the bodies are. The error is an *UnknownError.
func Detect(h Hints) (Found, error) {
	if found, ok, err := Said(h); ok || err != nil {
		return found, err
	}
	if d := ByURL(h.URL); d != nil {
		return Found{Destination: d, Source: ByAddress, From: "the URL"}, nil
	}
	return h.guess(), nil
}

// Said returns the destination that somebody has named: the user, a comment in the
// template, or the webhook's definition. It is not ok if nobody has. The error is an
// *UnknownError.
func Said(h Hints) (found Found, ok bool, err error) {
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
			return Found{Destination: d.At(h.URL), Source: s.source}, true, nil
		}
		return Found{}, false, &UnknownError{Name: s.name, Nearest: nearest(s.name), Source: s.source}
	}
	return Found{}, false, nil
}

// guess finds the destination of a template if nobody has named it.
func (h Hints) guess() Found {
	elsewhere := func(d *destination.Destination) bool { return h.URL != "" && !d.SelfHosted }
	named, step := byPath(h.Path)
	if named != nil && elsewhere(named) {
		named = nil
	}
	shaped, shape, text := h.byShape(func(d *destination.Destination) bool { return !elsewhere(d) })
	switch {
	case named != nil:
		other := shaped != nil && shaped != named && shape.Certain()
		return Found{Destination: named, Source: ByPath, From: "the name " + strconv.Quote(step), guessed: other}
	case shaped != nil:
		return Found{Destination: shaped, Source: ByShape, From: shapeWords(shape), guessed: true}
	case text:
		return Found{Destination: ByName("plaintext"), Source: ByNothing, From: "the body, which is not JSON"}
	}
	return Found{Destination: Generic(), Source: ByNothing}
}

// byShape finds the destination of the first body whose shape identifies one. It also
// reports whether every body is text.
func (h Hints) byShape(possible func(*destination.Destination) bool) (d *destination.Destination, shape destination.Shape, text bool) {
	if h.Bodies == nil {
		return nil, nil, false
	}
	var list []*destination.Destination
	for _, d := range All() {
		if possible(d) {
			list = append(list, d)
		}
	}
	texts, others := 0, 0
	for body := range h.Bodies {
		if d, shape := destination.ByShape(list, body); d != nil {
			return d, shape, false
		}
		switch {
		case strings.TrimSpace(string(body)) == "":
		case meansJSON(body):
			others++
		default:
			texts++
		}
	}
	return nil, nil, texts > 0 && others == 0
}

// meansJSON reports whether a body is JSON, or begins like an object or array.
func meansJSON(body []byte) bool {
	text := strings.TrimLeft(string(body), " \t\r\n\u00a0\u200b\ufeff")
	return text == "" || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || destination.IsJSON(body)
}

func shapeWords(shape destination.Shape) string {
	fields := shape.Fields()
	for i, field := range fields {
		fields[i] = strconv.Quote(field)
	}
	if len(fields) == 1 {
		return "the field " + fields[0]
	}
	return "the fields " + words.And(fields)
}

// NamedIn returns the element of a path that names a destination; it is empty if none
// does. Nothing else in a path matters to Detect.
func NamedIn(path string) string {
	_, step := byPath(path)
	return step
}

// byPath finds the name of a destination as a word in the file's name, or as the name
// of a folder around it, the nearest first. It also returns that element of the path.
func byPath(path string) (d *destination.Destination, step string) {
	steps := strings.Split(filepath.ToSlash(path), "/")
	for i := len(steps) - 1; i >= 0; i-- {
		var found *destination.Destination
		for _, word := range wordsOf(steps[i]) {
			d := ByName(word)
			switch {
			case d == nil || !telling(word):
			case found != nil && found != d:
				return nil, "" // two names in one element say nothing
			default:
				found = d
			}
		}
		if found != nil {
			return found, steps[i]
		}
	}
	return nil, ""
}

// telling reports whether a word in a path means a destination: text.tmpl and
// webhook.json do not.
func telling(word string) bool {
	switch word {
	case "text", "plain", "json", "webhook":
		return false
	}
	return true
}

// wordsOf splits a name at everything except letters and digits.
func wordsOf(name string) []string {
	list := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < '0' || '9' < r)
	})
	return append(list, strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name))))
}
