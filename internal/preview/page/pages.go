package page

import (
	"context"
	"sync"
)

// Options say what the page can do.
type Options struct {
	Write      bool // it may save templates
	Playground bool // it runs in the visitor's browser: no files are watched, and what is tried can be shared by a link
}

// Pages answers the page's requests. It does not know how they arrive: the live Server
// puts it on loopback, and the playground runs it in a worker of the visitor's browser.
type Pages struct {
	workspace Workspace
	options   Options
	follow    func(files []string) (more bool) // is called with the files that count; may be nil
	lastGood  lastGood
	marks     marks

	mu   sync.Mutex
	scan *Scan
}

// New returns the page of a workspace.
func New(w Workspace, o Options) *Pages { return &Pages{workspace: w, options: o} }

// rescan reads everything again.
func (p *Pages) rescan(ctx context.Context) *Scan {
	p.mu.Lock()
	defer p.mu.Unlock()
	scan := p.workspace.Scan()
	if p.follow != nil && p.follow(scan.Files) {
		scan = p.workspace.Scan()
		p.follow(scan.Files)
	}
	p.scan = &scan
	return p.scan
}

// current returns the latest result.
func (p *Pages) current(ctx context.Context) *Scan {
	p.mu.Lock()
	scan := p.scan
	p.mu.Unlock()
	if scan == nil {
		return p.rescan(ctx)
	}
	return scan
}
