package terminal

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// progressDelay is how long something must take before a progress line is shown, and
// progressStep is how often the line is updated.
const (
	progressDelay = 700 * time.Millisecond
	progressStep  = 100 * time.Millisecond
)

// Progress is a line on a terminal that shows how far something is. It is not shown for
// short operations. A nil Progress shows nothing.
type Progress struct {
	w     io.Writer
	verb  string
	total int
	done  atomic.Int64
	quit  chan struct{}
	wait  sync.WaitGroup
}

// StartProgress starts a progress line, which must be stopped. It returns nil if w is
// not a terminal.
func StartProgress(w io.Writer, verb string, total int) *Progress {
	if !IsTerminal(w) {
		return nil
	}
	p := &Progress{w: w, verb: verb, total: total, quit: make(chan struct{})}
	p.wait.Go(p.show)
	return p
}

// Step reports that one more is done.
func (p *Progress) Step() {
	if p != nil {
		p.done.Add(1)
	}
}

// Stop erases the line.
func (p *Progress) Stop() {
	if p != nil {
		close(p.quit)
		p.wait.Wait()
	}
}

func (p *Progress) show() {
	select {
	case <-p.quit:
		return
	case <-time.After(progressDelay):
	}
	const erase = "\r\x1b[K"
	for ticks := time.NewTicker(progressStep); ; {
		fmt.Fprintf(p.w, "%s%s %d of %d", erase, p.verb, p.done.Load(), p.total)
		select {
		case <-p.quit:
			ticks.Stop()
			fmt.Fprint(p.w, erase)
			return
		case <-ticks.C:
		}
	}
}
