package page_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	pages "github.com/hooktool/hooktool/internal/preview/page"
)

// serve starts a server over a folder of templates.
func serve(t testing.TB, dir string, o pages.ServerOptions) *pages.Server {
	t.Helper()
	server, err := pages.Listen(pageOf(dir), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return server
}

// write saves a file as an editor does: it puts a new one in the place of the old.
func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}
