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

	"github.com/hooktool/hooktool/internal/repeated"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// rulePages is the folder with the page of each rule.
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
// publishes what is found. It cancels an analysis of the same document that is still
// running.
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
		select { // one that is cancelled may take a moment to end
		case <-ctx.Done():
			return
		case s.turns <- struct{}{}:
		}
		defer func() { <-s.turns }()
		s.diagnose(ctx, uri)
	})
}

// look is a snapshot of the editor's texts.
type look struct {
	server *Server
	texts  map[documentURI]*document
	folder string // of the document that it is about
	doc    *document
}

// lookAt takes a snapshot of the texts. It is nil if the document is not open.
func (s *Server) lookAt(uri documentURI) (*look, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc := s.documents[uri]
	if doc == nil {
		return nil, false
	}
	folder := ""
	for _, each := range s.folders {
		if isInside(doc.path, each) && len(each) > len(folder) {
			folder = each
		}
	}
	if folder == "" {
		folder = filepath.Dir(doc.path)
	}
	return &look{server: s, texts: maps.Clone(s.documents), folder: folder, doc: doc}, true
}

func isInside(path, folder string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}

// files returns the texts in front of the disk.
func (l *look) files() workspace.FS {
	texts := map[string]string{}
	for _, d := range l.texts {
		texts[d.path] = d.text
	}
	return workspace.NewOverlay(workspace.Disk{}, texts)
}

// view is the contents of a document, and what the configuration says about it.
type view struct {
	Folder
	workspace.Contents
	Err error // why part of it cannot be used
}

// open opens the document.
func (l *look) open() view {
	v := view{Folder: l.server.options.Open(l.files(), l.folder)}
	v.Lint.Now, v.Lint.Memory = time.Now(), l.server.memory
	sources, err := v.Workspace.Find(l.doc.path)
	if err != nil {
		v.Err = err
		return v
	}
	var errs []error
	for _, each := range sources {
		contents, err := v.Workspace.Open(each)
		errs = append(errs, err)
		v.Webhooks = append(v.Webhooks, contents.Webhooks...)
		v.Projects = append(v.Projects, contents.Projects...)
		for _, t := range contents.Templates {
			if t.Path == l.doc.path { // the others are in files of their own
				v.Templates = append(v.Templates, t)
			}
		}
	}
	v.Err = errors.Join(errs...)
	return v
}

// diagnose checks a document and publishes what is found.
func (s *Server) diagnose(ctx context.Context, uri documentURI) {
	defer func() {
		if p := recover(); p != nil {
			s.log(ctx, fmt.Sprintf("checking %s: %v\n%s", uri, p, debug.Stack()))
		}
	}()
	l, ok := s.lookAt(uri)
	if !ok {
		return
	}
	diagnostics := l.check(ctx)
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock() // so that a later result is not overtaken by this one
	if s.documents[uri] == l.doc {
		s.published[uri] = true
		s.publish(ctx, publishDiagnosticsParams{URI: uri, Version: &l.doc.version, Diagnostics: diagnostics})
	}
}

func (s *Server) publish(ctx context.Context, p publishDiagnosticsParams) {
	_ = s.conn.Notify(ctx, "textDocument/publishDiagnostics", p) // a client that disconnected is noticed elsewhere
}

// check finds problems with the templates and settings in the document.
func (l *look) check(ctx context.Context) []diagnostic {
	v := l.open()
	found := []diagnostic{}
	users := map[lint.Spot]int{}
	errs := []error{v.Err, lint.CheckContents(ctx, v.Contents, v.Lint, func(r lint.Result, t *workspace.Template) {
		users[r.Spot()] += len(r.Webhooks())
		found = append(found, l.diagnostics(r, t)...)
	})}
	if l.foreign(v.Err) {
		errs[0] = nil
	}
	if len(v.Templates)+len(v.Webhooks) > 0 || v.Err != nil && !l.foreign(v.Err) {
		found = append(found, l.failures("configuration", v.Problem)...)
	}
	found = append(found, l.failures("not-checked", errors.Join(errs...))...)
	return distinct(found, users)
}

// foreign reports whether an error only says that a YAML file has nothing to do with
// Coroot.
func (l *look) foreign(err error) bool {
	return isYAML(l.doc.path) && (errors.Is(err, config.ErrNoWebhooks) || !strings.Contains(l.doc.text, "webhook"))
}

// distinct removes duplicates: of a template that several webhooks have, or of the
// configuration and the check of its file. What only some of a template's webhooks have
// names them.
func distinct(all []diagnostic, users map[lint.Spot]int) []diagnostic {
	type key struct {
		at      position
		message string
	}
	seen := map[key]int{}
	kept := all[:0]
	for _, d := range all {
		message, _, _ := strings.Cut(d.Message, "\n")
		k := key{d.Range.Start, message}
		if first, ok := seen[k]; ok {
			kept[first].webhooks = append(kept[first].webhooks, d.webhooks...)
			continue
		}
		seen[k] = len(kept)
		kept = append(kept, d)
	}
	for i, d := range kept {
		if len(d.webhooks) > 0 && len(d.webhooks) < users[d.template] {
			message, rest, _ := strings.Cut(d.Message, "\n")
			kept[i].Message = strings.TrimRight(message+"\n"+report.ForWebhooks(d.webhooks)+"\n"+rest, "\n")
		}
	}
	return kept
}

// mostOfRule is how many findings of a rule are shown in a template. One more stands
// for the rest: an editor that receives a hundred thousand hangs.
const mostOfRule = 100

// diagnostics returns the findings of a result that are in the document.
func (l *look) diagnostics(r lint.Result, t *workspace.Template) []diagnostic {
	if r.Path != l.doc.path {
		return nil
	}
	text := l.doc.encoded(l.server.client.encoding)
	var all []diagnostic
	told, last := map[string]int{}, map[string]int{}
	for _, f := range r.Findings {
		told[f.Rule]++
		switch n := told[f.Rule]; {
		case n == mostOfRule+1:
			last[f.Rule] = len(all)
		case n > mostOfRule:
			all[last[f.Rule]].Message = repeated.Rest{Count: n - mostOfRule, Kind: f.Rule}.Message()
			all[last[f.Rule]].Data, all[last[f.Rule]].RelatedInformation = nil, nil
			continue
		}
		d := diagnostic{
			Range: text.span(f.Pos, f.End), Severity: severityOf(f.Severity), Code: f.Rule, Source: "hooktool", Message: message(f),
			Data: fixableData(f.Fixable), CodeDescription: &codeDescription{rulePages + f.Rule + ".md"},
			template: r.Spot(), webhooks: r.Webhooks(),
		}
		if strings.HasPrefix(f.Rule, "unused-") {
			d.Tags = []int{tagUnnecessary}
		}
		if l.server.client.related {
			d.RelatedInformation = l.related(t, f)
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

// message returns the message of a finding, with the event that demonstrates it and
// what would be right.
func message(f lint.Finding) string {
	text := f.Message
	if e := f.Evidence; e != nil && e.Error != "" {
		text += "\nevent: " + report.ShortEvent(*e)
		text += "\nerror: " + e.Error
	}
	if f.Hint != "" {
		text += "\nhint: " + f.Hint
	}
	return text
}

// failures returns the errors that keep the document from being checked, or from being
// checked as the configuration says.
func (l *look) failures(code string, err error) []diagnostic {
	if err == nil {
		return nil
	}
	text := l.doc.encoded(l.server.client.encoding)
	var all []diagnostic
	for _, p := range source.ProblemsOf(err) {
		d := diagnostic{Severity: severityWarning, Code: code, Source: "hooktool", Message: p.Message}
		switch {
		case errors.Is(p, workspace.ErrNoKind):
			d.Severity, d.Range = severityInformation, text.span(source.Position{Line: 1, Column: 1}, source.Position{})
		case p.Path == l.doc.path || p.Path == "":
			if p.Pos.IsValid() {
				d.Severity, d.Range = severityError, text.span(p.Pos, p.End)
			}
		default:
			d.Message = p.Error()
		}
		if p.Hint != "" {
			d.Message += "\nhint: " + p.Hint
		}
		all = append(all, d)
	}
	return all
}
