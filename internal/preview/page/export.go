//go:build !offline

package page

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Section is the part of an exported page that shows one template.
type Section struct {
	workspace.Template
	Samples []Sample
}

// Sections returns what an exported page shows of each template: the user's events, or
// else the built-in ones, or the first of them. The error joins the reasons why others
// are left out.
func (s Scan) Sections(one bool) (sections []Section, err error) {
	if s.chosen && s.own == nil {
		return nil, s.Err
	}
	errs := []error{s.Err}
	for _, t := range s.Templates {
		if t.Err != nil {
			errs = append(errs, t.Err)
			continue
		}
		events := s.BuiltIn
		if s.chosen {
			events = s.Own
		}
		samples, err := events(t)
		if one && !s.chosen {
			samples = samples[:min(len(samples), 1)]
		}
		if len(samples) > 0 {
			sections = append(sections, Section{t, samples})
		}
		errs = append(errs, err)
	}
	if err = errors.Join(errs...); len(sections) == 0 && err == nil {
		err = s.own.NoTemplate(s.Templates)
	}
	return sections, err
}

// ExportOptions say what an exported page contains.
type ExportOptions struct {
	Dark   bool
	script string // trusted; it runs in the page
}

// export is the data of the exported page.
type export struct {
	Title    string
	Dark     bool
	Policy   string
	Style    template.CSS
	Script   template.JS
	Sections []exported
}

type exported struct {
	Path    string
	Problem *problem
	States  []state
}

// Contents reports whether the page is long enough for a table of contents.
func (e export) Contents() bool {
	return len(e.Sections) > 1 || len(e.Sections) == 1 && len(e.Sections[0].States) > 1
}

// Fails reports whether the event gives no message, or one that is not accepted as it
// is.
func (s state) Fails() bool { return s.Problem != nil || worst(s.Picture) != "" }

// Failing counts the events that fail; it is empty if none does.
func (e exported) Failing() string {
	count := 0
	for _, s := range e.States {
		if s.Fails() {
			count++
		}
	}
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d fail", count, len(e.States))
}

// Export writes one self-contained page with the messages of all samples of all
// sections. It loads nothing, and has no script.
func (w Workspace) Export(ctx context.Context, out io.Writer, o ExportOptions, sections ...Section) error {
	style, err := exportStyle()
	if err != nil {
		return err
	}
	e := export{Title: "hooktool preview", Dark: o.Dark, Style: template.CSS(style), Script: template.JS(o.script)} //nolint:gosec // both are our own
	e.Policy = "default-src 'none'; style-src '" + hash(style) + "'; img-src data:; base-uri 'none'; form-action 'none'"
	if o.script != "" {
		e.Policy += "; script-src '" + hash(o.script) + "'"
	}
	if len(sections) == 1 {
		e.Title = sections[0].Path + " · " + e.Title
	}
	for _, section := range sections {
		e.Sections = append(e.Sections, w.section(ctx, section))
	}
	return execute(out, "export", e)
}

func (w Workspace) section(ctx context.Context, section Section) exported {
	t := section.Template
	e := exported{Path: t.Path, Problem: problemOf(t.Err)}
	if t.Err != nil {
		return e
	}
	tmpl, err := t.Parse(webhook.WithLimits(w.Limits))
	if err != nil {
		e.Problem = problemOf(err)
		return e
	}
	artist := w.artist(tmpl, t)
	for _, sample := range section.Samples {
		e.States = append(e.States, artist.state(ctx, sample))
	}
	return e
}

// exportStyle is the style of an exported page.
func exportStyle() (string, error) {
	var all strings.Builder
	for _, name := range []string{"page.css", "message.css"} {
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return "", err
		}
		all.Write(text)
	}
	return all.String(), nil
}

// hash returns the hash of a text as a content security policy has it.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
