package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// The commands.
const (
	previewCommand = "hooktool.preview"
	renderCommand  = "hooktool.render"
)

type (
	command struct {
		Title     string `json:"title"`
		Command   string `json:"command"`
		Arguments []any  `json:"arguments,omitempty"`
	}

	codeLens struct {
		Range   textRange `json:"range"`
		Command command   `json:"command"`
	}

	executeParams struct {
		Command   string            `json:"command"`
		Arguments []json.RawMessage `json:"arguments"`
	}

	// renderArguments say which template to render: the only one in a document, or one
	// by name, such as telegram.alertTemplate.
	renderArguments struct {
		uri, sample, template string
	}
)

func invalidParams(err error) error {
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "the parameters cannot be read: " + err.Error()}
}

// lenses returns the commands above each template.
func (s *Server) lenses(_ context.Context, p documentParams) (any, error) {
	l, ok := s.lookAt(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	lenses := []codeLens{}
	seen := map[int]bool{}
	v := l.open()
	for i := range v.Templates {
		t := &v.Templates[i]
		shape := l.shape(t)
		if t.Err != nil || seen[shape.outer(0)] {
			continue
		}
		seen[shape.outer(0)] = true
		at := shape.span(0, 0)
		sample := event.DefaultSample(t.Kind).Name
		if s.options.Preview != nil {
			lenses = append(lenses, codeLens{at, command{"Preview", previewCommand, []any{l.doc.uri}}})
		}
		lenses = append(lenses, codeLens{at, command{"Render " + sample, renderCommand, []any{l.doc.uri, sample, t.ID()}}})
	}
	return lenses, nil
}

// execute runs a command.
func (s *Server) execute(ctx context.Context, p executeParams) (any, error) {
	var args [3]string
	for i, raw := range p.Arguments[:min(len(p.Arguments), len(args))] {
		if err := json.Unmarshal(raw, &args[i]); err != nil {
			return nil, invalidParams(err)
		}
	}
	l, ok := s.lookAt(documentURI(args[0]))
	switch {
	case p.Command != previewCommand && p.Command != renderCommand:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf("there is no command %q", p.Command)}
	case !ok:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf("%s needs the URI of an open document, not %q", p.Command, args[0])}
	case p.Command == previewCommand:
		return s.preview(ctx, l)
	}
	return l.render(ctx, renderArguments{uri: args[0], sample: args[1], template: args[2]})
}

// render returns the body that Coroot would post for a sample.
func (l *look) render(ctx context.Context, args renderArguments) (any, error) {
	v := l.open()
	var chosen *workspace.Template
	for i := range v.Templates {
		t := &v.Templates[i]
		sample, known := event.SampleByName(args.sample)
		fits := args.template == "" && (!known || sample.Kind == t.Kind)
		if t.Err == nil && (fits || t.ID() == args.template || t.Webhook+"."+t.Name == args.template) {
			chosen = t
			break
		}
	}
	if chosen == nil {
		return nil, errors.Join(v.Err, errors.New("there is no template here that can be rendered with it"))
	}
	sample := event.DefaultSample(chosen.Kind)
	if args.sample != "" {
		var ok bool
		if sample, ok = event.SampleByName(args.sample); !ok || sample.Kind != chosen.Kind {
			return nil, fmt.Errorf("there is no sample %q of the kind %s", args.sample, chosen.Kind)
		}
	}
	t, err := chosen.Parse(webhook.WithLimits(shortLimits()))
	if err != nil {
		return nil, source.ProblemOf(err)
	}
	message, err := t.Render(ctx, chosen.Sent(sample.Event))
	if err != nil {
		return nil, source.ProblemOf(err)
	}
	redact := webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Values: chosen.Secrets})
	return redact.Body(string(message.Body)), nil
}

// preview opens the live page of a document in the client's browser, and returns its
// URL.
func (s *Server) preview(ctx context.Context, l *look) (any, error) {
	if s.options.Preview == nil {
		return nil, errors.New("no preview is available here")
	}
	s.mu.Lock()
	address := s.previews[l.doc.uri]
	s.mu.Unlock()
	if address == "" {
		var err error
		if address, err = s.options.Preview(s.ctx, s.files, l.doc.path); err != nil {
			return nil, err
		}
		s.mu.Lock()
		s.previews[l.doc.uri] = address
		s.mu.Unlock()
	}
	if s.client.shows {
		_ = s.conn.Call(ctx, "window/showDocument", map[string]any{"uri": address, "external": true}, nil) // the URL is returned anyway
	}
	return address, nil
}

// files returns the present texts of the editor in front of the disk.
func (s *Server) files() workspace.FS {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := look{server: s, texts: s.documents}
	return l.files()
}
