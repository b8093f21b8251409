// Package lsp is a language server for webhook templates: what hooktool's commands say
// about a template, shown in an editor while it is written.
//
// A Server speaks the Language Server Protocol 3.17 over one connection. Texts that are
// open in the editor are put in front of the files (workspace.Overlay), so everything
// is found, detected and checked by the same packages as in the commands: there is no
// analysis here.
//
//	server := lsp.NewServer(lsp.Options{Open: open})
//	err := server.Serve(ctx, stdin, stdout)
//
// Notifications are handled in the order in which they come. Requests are answered
// concurrently, each for the texts as they were when it arrived. A cancelled request,
// and an analysis that a later change makes pointless, end at once.
package lsp
