package lsp

import (
	"context"
	"slices"
	"time"
)

// initialize records what the client can do and says what the server can.
func (s *Server) initialize(ctx context.Context, p initializeParams) (any, error) {
	c := p.Capabilities
	if slices.Contains(c.General.PositionEncodings, utf8Encoding) {
		s.client.encoding = utf8Encoding
	}
	s.client.related = c.TextDocument.PublishDiagnostics.RelatedInformation
	s.client.watches = c.Workspace.DidChangeWatchedFiles.DynamicRegistration
	s.client.snippets = c.TextDocument.Completion.CompletionItem.SnippetSupport
	s.client.shows = c.Window.ShowDocument.Support
	s.client.editVersions = c.Workspace.WorkspaceEdit.DocumentChanges
	s.client.refreshLens = c.Workspace.CodeLens.RefreshSupport
	s.client.hierarchical = c.TextDocument.DocumentSymbol.Hierarchical
	s.mu.Lock()
	for _, folder := range p.WorkspaceFolders {
		s.folders = append(s.folders, pathOf(folder.URI))
	}
	if len(s.folders) == 0 && p.RootURI != nil {
		s.folders = []string{pathOf(*p.RootURI)}
	}
	s.mu.Unlock()
	if p.ProcessID != nil {
		s.running.Go(func() { s.endWith(context.WithoutCancel(ctx), *p.ProcessID) })
	}
	s.initialized = true
	return initializeResult{Capabilities: s.capabilities(), ServerInfo: serverInfo{Name: "hooktool", Version: s.options.Version}}, nil
}

func (s *Server) capabilities() serverCapabilities {
	c := serverCapabilities{
		PositionEncoding: s.client.encoding,
		TextDocumentSync: textDocumentSync{OpenClose: true, Change: 2, Save: true},
	}
	c.HoverProvider, c.DefinitionProvider, c.ReferencesProvider, c.DocumentHighlightProvider = true, true, true, true
	c.DocumentSymbolProvider, c.FoldingRangeProvider = true, true
	c.CompletionProvider.TriggerCharacters = []string{".", "$", "\"", "{", " "}
	c.SignatureHelpProvider.TriggerCharacters = []string{" "}
	c.CodeActionProvider.CodeActionKinds = []string{quickFix, rewriteA, fixAll}
	c.ExecuteCommandProvider.Commands = []string{previewCommand, renderCommand}
	c.Workspace.WorkspaceFolders.Supported = true
	c.Workspace.WorkspaceFolders.ChangeNotifications = true
	return c
}

// processInterval is how often the server checks whether the client's process still
// exists.
const processInterval = 5 * time.Second

// endWith ends the server when a process ends: if a client crashes, another process may
// hold its connection open.
func (s *Server) endWith(_ context.Context, process int) {
	ticker := time.NewTicker(processInterval)
	defer ticker.Stop()
	for {
		select {
		case <-s.conn.DisconnectNotify():
			return
		case <-ticker.C:
		}
		if !alive(process) {
			s.stop()
			return
		}
	}
}
