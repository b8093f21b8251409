package page

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// Answer returns the HTML of the page, or of a part of it: name is view, check, fix,
// save, mark or share. The values are those of the page's form, or for the whole page,
// whose name is empty, those of its URL.
func (p *Pages) Answer(ctx context.Context, name string, values url.Values) ([]byte, error) {
	q := query{
		Template: values.Get("template"), Sample: values.Get("sample"), Text: unixLines(values.Get("text")),
		Edited: values.Get("edited") != "", Event: values.Get("event"),
	}
	if loaded, ok := values["loaded"]; ok {
		text := unixLines(loaded[0])
		q.Loaded = &text
	}
	switch name {
	case "":
		return p.draw("page", p.page(ctx, q, values.Get("link")))
	case "view":
		return p.draw(name, p.view(ctx, q))
	case "check":
		return p.draw(name, p.check(ctx, q))
	case "fix":
		return p.draw(name, p.fix(ctx, q))
	case "save":
		return p.draw(name, p.save(ctx, q))
	case "mark":
		return p.draw(name, p.mark(ctx, q))
	case "share":
		return p.draw(name, p.share(ctx, q))
	}
	return nil, fmt.Errorf("the page has nothing called %q", name)
}

// draw executes one of the page's templates.
func (p *Pages) draw(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := execute(&b, name, data); err != nil {
		return nil, fmt.Errorf("the page cannot be drawn: %w", err)
	}
	return b.Bytes(), nil
}

// page draws the whole page, opening a link if there is one.
func (p *Pages) page(ctx context.Context, q query, link string) *view {
	p.rescan(ctx)
	var unreadable error
	if link != "" && p.options.Playground {
		q, unreadable = p.open(ctx, link)
	}
	v := p.view(ctx, q)
	if unreadable != nil {
		v.Warning = unreadable.Error()
	}
	return v
}

// unixLines reverts what forms do to line ends. A template that had CR before LF is
// then compared without them, too.
func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// text returns the chosen template as it is edited.
func (p *Pages) text(ctx context.Context, q query) (workspace.Template, *problem) {
	t := choose(p.current(ctx).Templates, q.Template)
	if t == nil {
		return workspace.Template{}, &problem{Message: "this template no longer exists", Hint: "choose another one"}
	}
	if t.Err != nil {
		return workspace.Template{}, problemOf(t.Err)
	}
	chosen := *t
	if q.Edited {
		chosen.Text = q.Text
		if chosen.Locate != nil && q.Text != t.Text { // positions in the file do not apply to the edited text
			chosen.Locate, chosen.File = nil, nil
		}
	}
	return chosen, nil
}

// fixed is a repair as the page shows it.
type fixed struct {
	Text    string
	Diff    []diffLine
	Problem *problem
	CanSave bool
}

func (p *Pages) fix(ctx context.Context, q query) fixed {
	t, problem := p.text(ctx, q)
	if problem != nil {
		return fixed{Problem: problem}
	}
	text, err := p.workspace.fix(ctx, t)
	if err != nil {
		return fixed{Problem: problemOf(err)}
	}
	return fixed{Text: text, Diff: diff(t.Text, text), CanSave: p.canSave(t)}
}

// saved is the result of saving as the page shows it.
type saved struct {
	Path    string
	Note    string // what Coroot needs to read it as meant
	Problem *problem
	Theirs  string     // what somebody else has written to the file since the page loaded it
	Diff    []diffLine // from theirs to the text in the page
}

// save writes an edited text over the one that was edited. If the file has changed
// since, both are shown, and nothing is written.
func (p *Pages) save(ctx context.Context, q query) saved {
	p.rescan(ctx)
	found := choose(p.current(ctx).Templates, q.Template)
	if t := found; p.options.Write && t != nil && t.Err == nil && q.Loaded != nil && *q.Loaded != unixLines(t.Text) {
		theirs := unixLines(t.Text)
		return saved{
			Problem: &problem{Message: "the file has changed since this page loaded it, so nothing was saved", Hint: "the changes that your text would make are below; save again to replace the file"},
			Theirs:  theirs, Diff: diff(theirs, q.Text),
		}
	}
	t, refused := p.text(ctx, q)
	switch {
	case refused != nil:
		return saved{Problem: refused}
	case !p.canSave(t):
		return saved{Problem: &problem{Message: "this page cannot save", Hint: "start it with --write"}}
	case !q.Edited:
		return saved{Problem: &problem{Message: "nothing was changed"}}
	}
	edits, err := workspace.Edits(workspace.Change{Template: found, Text: t.Text})
	if err == nil {
		err = edits[0].Save(p.workspace.Save)
	}
	if err != nil {
		return saved{Problem: problemOf(err)}
	}
	p.rescan(ctx)
	return saved{Path: t.Path, Note: edits[0].Note}
}
