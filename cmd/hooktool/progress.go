package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
)

// progressDelay is how long something takes before it is worth a progress line,
// and progressStep is how often the line is written anew.
const (
	progressDelay = 700 * time.Millisecond
	progressStep  = 100 * time.Millisecond
)

// progress is a line on stderr that tells how far something is. It is shown on
// a terminal only, and not for what is done in a moment. A nil progress shows
// nothing.
type progress struct {
	app   *app
	verb  string
	total int
	done  atomic.Int64
	quit  chan struct{}
	wait  sync.WaitGroup
}

// startProgress starts a progress line that must be stopped.
func (a *app) startProgress(verb string, total int) *progress {
	if a.quiet || !terminal.IsTerminal(a.err) {
		return nil
	}
	p := &progress{app: a, verb: verb, total: total, quit: make(chan struct{})}
	p.wait.Go(p.show)
	return p
}

func (p *progress) step() {
	if p != nil {
		p.done.Add(1)
	}
}

func (p *progress) stop() {
	if p != nil {
		close(p.quit)
		p.wait.Wait()
	}
}

func (p *progress) show() {
	select {
	case <-p.quit:
		return
	case <-time.After(progressDelay):
	}
	const erase = "\r\x1b[K"
	for ticks := time.NewTicker(progressStep); ; {
		fmt.Fprintf(asIs(p.app.err), "%s%s %d of %d", erase, p.verb, p.done.Load(), p.total)
		select {
		case <-p.quit:
			ticks.Stop()
			fmt.Fprint(asIs(p.app.err), erase)
			return
		case <-ticks.C:
		}
	}
}
