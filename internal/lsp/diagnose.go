package lsp

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// rulePages is where the page of each rule is.
const rulePages = "https://github.com/hooktool/hooktool/blob/main/docs/rules/"

func isYAML(path string) bool { return workspace.IsYAML(path) }

// analyseAll analyses every open document again.
func (s *Server) analyseAll(ctx context.Context) {
	s.mu.Lock()
	uris := slices.Sorted(maps.Keys(s.documents))
	s.mu.Unlock()
	for _, uri := range uris {
		s.analyse(ctx, uri)
	}
}

// analyse checks a document, after a moment in which more changes may come, and
// publishes what is found. It takes the place of an analysis of the same document
// that still runs.
func (s *Server) analyse(ctx context.Context, uri documentURI) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	if before := s.analyses[uri]; before != nil {
		before()
	}
	s.analyses[uri] = cancel
	s.mu.Unlock()
	s.running.Go(func() {
		defer cancel()
		select {
		case <-ctx.Done():
			return
		case <-time.After(s.options.Delay):
		}
		s.diagnose(ctx, uri)
	})
}

// look is the texts of the editor at one moment.
type look struct {
	server *Server
	texts  map[documentURI]*document
	folder string // of the document that it is about
	doc    *document
}

// lookAt takes the texts as they are now. There is none of a document that is not
// open.
func (s *Server) lookAt(uri documentURI) (*look, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc := s.documents[uri]
	if doc == nil {
		return nil, false
	}
	folder := ""
	for _, each := range s.folders {
		if inside(doc.path, each) && len(each) > len(folder) {
			folder = each
		}
	}
	if folder == "" {
		folder = filepath.Dir(doc.path)
	}
	return &look{server: s, texts: maps.Clone(s.documents), folder: folder, doc: doc}, true
}

func inside(path, folder string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}

// workspace finds templates in these texts, laid over the files.
func (l *look) workspace() (*workspace.Workspace, error) {
	texts := map[string]string{}
	for _, d := range l.texts {
		texts[d.path] = d.text
	}
	return l.server.options.Workspace(workspace.NewOverlay(workspace.Disk{}, texts), l.folder)
}

// contents opens the document.
func (l *look) contents() (workspace.Contents, error) {
	w, err := l.workspace()
	if err != nil {
		return workspace.Contents{}, err
	}
	sources, err := w.Find(l.doc.path)
	if err != nil {
		return workspace.Contents{}, err
	}
	var all workspace.Contents
	for _, each := range sources {
		contents, err := w.Open(each)
		if err != nil {
			return all, err
		}
		all.Webhooks = append(all.Webhooks, contents.Webhooks...)
		all.Templates = append(all.Templates, contents.Templates...)
	}
	return all, nil
}

// diagnose checks a document and publishes what is found.
func (s *Server) diagnose(ctx context.Context, uri documentURI) {
	defer func() {
		if p := recover(); p != nil {
			s.log(fmt.Sprintf("checking %s: %v\n%s", uri, p, debug.Stack()))
		}
	}()
	l, ok := s.lookAt(uri)
	if !ok {
		return
	}
	diagnostics, err := l.check(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		diagnostics = append(diagnostics, l.failures(err)...)
	}
	s.mu.Lock()
	current := s.documents[uri] == l.doc
	if current {
		s.published[uri] = true
	}
	s.mu.Unlock()
	if current {
		s.publish(ctx, publishDiagnosticsParams{URI: uri, Version: &l.doc.version, Diagnostics: diagnostics})
	}
}

func (s *Server) publish(ctx context.Context, p publishDiagnosticsParams) {
	_ = s.conn.Notify(ctx, "textDocument/publishDiagnostics", p) // a client that went away is noticed elsewhere
}

// check finds what is wrong with the templates and settings in the document.
func (l *look) check(ctx context.Context) ([]diagnostic, error) {
	found := []diagnostic{}
	contents, err := l.contents()
	if err != nil {
		return found, err
	}
	options, err := l.server.options.Lint(l.folder)
	if err != nil {
		return found, err
	}
	options.Now = time.Now()
	for _, hook := range contents.Webhooks {
		found = append(found, l.diagnostics(lint.CheckWebhook(ctx, hook, options))...)
	}
	var errs []error
	for _, t := range contents.Templates {
		if t.Path != l.doc.path {
			continue // it is in a file of its own
		}
		if t.Err != nil {
			errs = append(errs, t.Err)
			continue
		}
		found = append(found, l.diagnostics(lint.Check(ctx, t, options))...)
	}
	return found, errors.Join(errs...)
}

// diagnostics are the findings of a result that are in the document.
func (l *look) diagnostics(r lint.Result) []diagnostic {
	if r.Path != l.doc.path {
		return nil
	}
	text := l.doc.encoded(l.server.encoding)
	var all []diagnostic
	for _, f := range r.Findings {
		d := diagnostic{
			Range: text.span(f.Pos, f.End), Severity: severityOf(f.Severity), Code: f.Rule, Source: "hooktool", Message: message(f),
			CodeDescription: &codeDescription{rulePages + f.Rule + ".md"},
		}
		if strings.HasPrefix(f.Rule, "unused-") {
			d.Tags = []int{tagUnnecessary}
		}
		all = append(all, d)
	}
	return all
}

func severityOf(s lint.Severity) int {
	switch s {
	case lint.Error:
		return severityError
	case lint.Warning:
		return severityWarning
	}
	return severityInformation
}

// message is what is wrong, the event that shows it, and what would be right.
func message(f lint.Finding) string {
	text := f.Message
	if e := f.Evidence; e != nil && e.Error != "" {
		name := e.Sample
		if name == "" {
			name = e.About
		}
		if name != "" {
			text += "\nevent: " + name
		}
		text += "\nerror: " + e.Error
	}
	if f.Hint != "" {
		text += "\nhint: " + f.Hint
	}
	return text
}

// failures are errors that keep the document from being checked.
func (l *look) failures(err error) []diagnostic {
	text := l.doc.encoded(l.server.encoding)
	var all []diagnostic
	for _, p := range source.ProblemsOf(err) {
		if errors.Is(p, workspace.ErrNoKind) || p.Path != "" && p.Path != l.doc.path && p.Path != filepath.Base(l.doc.path) {
			p.Pos, p.End = source.Position{}, source.Position{}
		}
		d := diagnostic{Severity: severityWarning, Code: "not-checked", Source: "hooktool", Message: p.Message}
		if p.Pos.IsValid() {
			d.Range = text.span(p.Pos, p.End)
		}
		if p.Hint != "" {
			d.Message += "\nhint: " + p.Hint
		}
		all = append(all, d)
	}
	return all
}
