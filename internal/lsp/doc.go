// Package lsp is a language server for webhook templates: what hooktool's commands
// say of a template, said in an editor while it is written.
//
// A Server speaks the Language Server Protocol 3.17 over one connection. Texts that
// are open in the editor are laid over the files (workspace.Overlay), so that
// everything is found, detected and checked by the rooms that the commands use:
// there is no analysis here.
//
//	server := lsp.NewServer(lsp.Options{Open: open})
//	err := server.Serve(ctx, stdin, stdout)
//
// Notifications are handled in the order in which they come. Requests are
// answered concurrently, each over the texts as they were when it came; one that
// is cancelled, and an analysis that a later change makes pointless, ends at once.
package lsp
