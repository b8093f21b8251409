package lsp

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/sourcegraph/jsonrpc2"
)

// notification handles a message that expects no answer. One that cannot be decoded, or
// is unknown, is ignored, as the protocol demands.
func (h *handler) notification(name string, params json.RawMessage) {
	s := h.server
	if name == "exit" {
		s.conn.Close()
		return
	}
	if !s.initialized || s.shutdown {
		return
	}
	switch name {
	case "initialized":
		s.watchFiles(h.ctx)
	case "$/cancelRequest":
		s.cancelRequest(params)
	case "textDocument/didOpen":
		read(params, func(p didOpenParams) {
			s.open(h.ctx, newDocument(p.TextDocument.URI, p.TextDocument.Version, p.TextDocument.Text))
		})
	case "textDocument/didChange":
		read(params, func(p didChangeParams) { s.change(h.ctx, p) })
	case "textDocument/didClose":
		read(params, func(p didCloseParams) { s.close(h.ctx, p.TextDocument.URI) })
	case "textDocument/didSave", "workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration":
		s.analyseAll(h.ctx)
	case "workspace/didChangeWorkspaceFolders":
		read(params, func(p didChangeWorkspaceFoldersParams) { s.changeFolders(h.ctx, p) })
	}
}

func read[P any](params json.RawMessage, handle func(P)) {
	var p P
	if json.Unmarshal(params, &p) == nil {
		handle(p)
	}
}

// watchFiles asks the client to report changes of templates and configurations on disk.
func (s *Server) watchFiles(ctx context.Context) {
	if !s.client.watches {
		return
	}
	type watcher struct {
		GlobPattern string `json:"globPattern"`
	}
	options := map[string]any{"watchers": []watcher{{"**/*.{tmpl,gotmpl,tpl,yaml,yml}"}}}
	s.running.Go(func() {
		_ = s.conn.Call(ctx, "client/registerCapability", registrationParams{[]registration{
			{ID: "watched-files", Method: "workspace/didChangeWatchedFiles", RegisterOptions: options},
		}}, nil)
	})
}

func (s *Server) cancelRequest(params json.RawMessage) {
	var p struct{ ID jsonrpc2.ID }
	if json.Unmarshal(params, &p) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.requests[p.ID]; cancel != nil {
		cancel()
	}
}

func (s *Server) open(ctx context.Context, d *document) {
	s.mu.Lock()
	s.documents[d.uri] = d
	s.mu.Unlock()
	s.analyseAfter(ctx, d)
}

// change applies changes to an open document. It ignores those to any other document,
// which a client must not send.
func (s *Server) change(ctx context.Context, p didChangeParams) {
	s.mu.Lock()
	old := s.documents[p.TextDocument.URI]
	if old == nil {
		s.mu.Unlock()
		return
	}
	changed := old.changed(p.TextDocument.Version, p.ContentChanges, s.client.encoding)
	s.documents[changed.uri] = changed
	s.mu.Unlock()
	s.analyseAfter(ctx, changed)
}

// analyseAfter analyses what the change of a document can affect: a YAML file may
// define the webhooks of the others.
func (s *Server) analyseAfter(ctx context.Context, d *document) {
	if isYAML(d.path) {
		s.analyseAll(ctx)
		return
	}
	s.analyse(ctx, d.uri)
}

func (s *Server) close(ctx context.Context, uri documentURI) {
	s.mu.Lock()
	closed := s.documents[uri]
	delete(s.documents, uri)
	if cancel := s.analyses[uri]; cancel != nil {
		cancel()
		delete(s.analyses, uri)
	}
	had := s.published[uri]
	delete(s.published, uri)
	s.mu.Unlock()
	if had {
		s.publish(ctx, publishDiagnosticsParams{URI: uri, Diagnostics: []diagnostic{}})
	}
	if closed != nil && isYAML(closed.path) {
		s.analyseAll(ctx)
	}
}

func (s *Server) changeFolders(ctx context.Context, p didChangeWorkspaceFoldersParams) {
	s.mu.Lock()
	for _, folder := range p.Event.Removed {
		path := pathOf(folder.URI)
		s.folders = slices.DeleteFunc(s.folders, func(known string) bool { return known == path })
	}
	for _, folder := range p.Event.Added {
		s.folders = append(s.folders, pathOf(folder.URI))
	}
	s.mu.Unlock()
	s.analyseAll(ctx)
}
