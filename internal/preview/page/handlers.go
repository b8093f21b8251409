package page

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/hooktool/hooktool/pkg/lint"
)

// mostForm bounds what a page may send, in bytes.
const mostForm = 8 << 20

// page answers with the whole page.
func (p *Pages) page(w http.ResponseWriter, r *http.Request) {
	p.rescan(r.Context())
	q := r.URL.Query()
	p.answer(w, "page", p.view(r.Context(), query{Template: q.Get("template"), Sample: q.Get("sample")}))
}

// parts answers with the parts of the page that change.
func (p *Pages) parts(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostForm)
		if err := r.ParseMultipartForm(mostForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			http.Error(w, "the request is too large or cannot be read", http.StatusBadRequest)
			return
		}
		q := query{
			Template: r.PostFormValue("template"), Sample: r.PostFormValue("sample"), Text: unixLines(r.PostFormValue("text")),
			Edited: r.PostFormValue("edited") != "", Event: r.PostFormValue("event"),
		}
		if loaded, ok := r.PostForm["loaded"]; ok {
			text := unixLines(loaded[0])
			q.Loaded = &text
		}
		ctx := r.Context()
		switch name {
		case "check":
			p.answer(w, name, p.check(ctx, q))
		case "fix":
			p.answer(w, name, p.fix(ctx, q))
		case "save":
			p.answer(w, name, p.save(ctx, q))
		default:
			p.answer(w, name, p.view(ctx, q))
		}
	}
}

// unixLines undoes what forms do to line ends. A template that had CR before LF
// is compared without them, too.
func unixLines(s string) string {
	return string(bytes.ReplaceAll([]byte(s), []byte("\r\n"), []byte("\n")))
}

// answer executes a template and sends it whole, or an error.
func (p *Pages) answer(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := execute(&b, name, data); err != nil {
		http.Error(w, "the page cannot be drawn: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(b.Bytes()) // a browser that went away is no error
}

// text returns the chosen template as it is edited.
func (p *Pages) text(ctx context.Context, q query) (Template, *problem) {
	t := choose(p.current(ctx).Templates, q.Template)
	if t == nil {
		return Template{}, &problem{Message: "this template is gone", Hint: "choose another one"}
	}
	if t.Err != nil {
		return Template{}, problemOf(t.Err)
	}
	chosen := *t
	if q.Edited {
		chosen.Text = q.Text
		if chosen.Locate != nil && q.Text != t.Text { // the places in the file are not those of the edited text
			chosen.Locate, chosen.File = nil, nil
		}
	}
	return chosen, nil
}

// checked is what the page shows of a check.
type checked struct {
	lint.Result
	Problem *problem
	CanFix  bool
}

func (p *Pages) check(ctx context.Context, q query) checked {
	t, problem := p.text(ctx, q)
	if problem != nil {
		return checked{Problem: problem}
	}
	c := checked{Result: p.workspace.Check(ctx, t.Template)}
	for _, f := range c.Findings {
		c.CanFix = c.CanFix || f.Fixable && p.workspace.Fix != nil
	}
	return c
}

// fixed is what the page shows of a repair.
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
	text, err := p.workspace.Fix(ctx, t.Template)
	if err != nil {
		return fixed{Problem: problemOf(err)}
	}
	return fixed{Text: text, Diff: diff(t.Text, text), CanSave: p.options.Write && t.Save != nil}
}

// saved is what the page shows after saving.
type saved struct {
	Path    string
	Problem *problem
	Theirs  string     // what somebody else has made of the file since the page loaded it
	Diff    []diffLine // from theirs to the text in the page
}

// save writes an edited text over the one that was edited. When the file holds
// another one by now, both are shown, and nothing is written.
func (p *Pages) save(ctx context.Context, q query) saved {
	p.rescan(ctx)
	if t := choose(p.current(ctx).Templates, q.Template); p.options.Write && t != nil && t.Err == nil && q.Loaded != nil && *q.Loaded != unixLines(t.Text) {
		theirs := unixLines(t.Text)
		return saved{
			Problem: &problem{Message: "the file was changed since this page loaded it, and nothing was saved", Hint: "what your text would change is below; saving again replaces the file"},
			Theirs:  theirs, Diff: diff(theirs, q.Text),
		}
	}
	t, refused := p.text(ctx, q)
	switch {
	case refused != nil:
		return saved{Problem: refused}
	case !p.options.Write || t.Save == nil:
		return saved{Problem: &problem{Message: "this page does not write", Hint: "start it with --write"}}
	case !q.Edited:
		return saved{Problem: &problem{Message: "nothing was changed"}}
	}
	if err := t.Save(t.Text); err != nil {
		return saved{Problem: problemOf(err)}
	}
	p.rescan(ctx)
	return saved{Path: t.Path}
}
