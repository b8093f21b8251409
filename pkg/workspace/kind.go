package workspace

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// KindSource says where the kind of a template comes from.
type KindSource string

// The sources, the strongest first.
const (
	KindSaid      KindSource = "flag"
	KindByComment KindSource = "comment" // {{/* hooktool: type=alert */}}
	KindByKey     KindSource = "key"     // alertTemplate or alertTemplateFile of its webhook
	KindByName    KindSource = "file name"
	KindByEvent   KindSource = "event" // of an event that is given with it; only a command knows it
	KindUnknown   KindSource = ""
)

// KindHints are the places that can name the kind of a template. Each may be empty.
type KindHints struct {
	Said event.Kind // what the user said
	Text string     // of the template, which may hold a directive
	Key  event.Kind // the key under which its webhook has it
	Path string     // of its file
}

// DetectKind finds the kind of a template: what the user said, what a comment in it
// says, the key of its webhook, or the one word of incident, deployment and alert that
// is in the file's name. It returns the empty kind if nothing says. The error is a
// *KindError.
func DetectKind(h KindHints) (event.Kind, KindSource, error) {
	if h.Said != "" {
		return h.Said, KindSaid, nil
	}
	if name, ok := webhook.Directive(h.Text)["type"]; ok {
		kind, err := event.ParseKind(name)
		if err != nil {
			return "", KindByComment, &KindError{Name: name, Err: err}
		}
		return kind, KindByComment, nil
	}
	if h.Key != "" {
		return h.Key, KindByKey, nil
	}
	if kind := kindOfName(h.Path); kind != "" {
		return kind, KindByName, nil
	}
	return "", KindUnknown, nil
}

// KindError reports a comment in a template that names a kind that does not exist.
type KindError struct {
	Name string
	Err  error
}

func (e *KindError) Error() string { return "in the comment hooktool: " + e.Err.Error() }

func (e *KindError) Unwrap() error { return e.Err }

// Problem returns the error with the kind that was probably meant; see source.Teller.
func (e *KindError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: words.Suggest(e.Name, event.KindNames(), ""), Err: e}
}

// atComment returns an error about what a comment in the template says for a key, with
// the place of that.
func (t *Template) atComment(key string, err error) error {
	p := source.ProblemOf(err)
	start, end, _ := webhook.DirectiveValue(t.Text, key)
	p.Pos, p.End, p.Err = t.Position(start), t.Position(end), err
	return p
}

// kindOfName returns the one kind whose name is part of the file's name.
func kindOfName(path string) event.Kind {
	var found event.Kind
	base := strings.ToLower(filepath.Base(path))
	for _, kind := range event.Kinds() {
		if !strings.Contains(base, kind.String()) {
			continue
		}
		if found != "" {
			return ""
		}
		found = kind
	}
	return found
}

// ErrNoKind is the error of a template whose kind nothing says.
var ErrNoKind = errors.New("the kind of this template is not known")

// NoKind is the error of a template whose kind nothing says. It lists how to say it, with
// the ways that only some commands have, such as NamedAfterKind.
func NoKind(path string, ways ...string) error {
	all := append([]string{
		"say it with --type incident, --type deployment or --type alert",
		"or in a comment in the template: {{/* hooktool: type=alert */}}",
	}, ways...)
	return &Error{Path: path, Usage: true, Err: ErrNoKind, Hint: strings.Join(all, "\n")}
}

// NamedAfterKind is the way to say the kind by the name of the file.
const NamedAfterKind = "or in the file's name, with the word incident, deployment or alert"

// noKind is NoKind for commands that can give standard input a name.
func noKind(path string) error {
	if path == StdinName {
		return NoKind(path, NamedAfterKind+": --stdin-filename alert.tmpl")
	}
	return NoKind(path, NamedAfterKind)
}
