package lint

import "context"

// prepare finds out what the rules are going to ask, in two halves at once: the proof and
// the repair, which follow the text, and the trials and their payloads, which need events.
// Without it, the rules find out the same, one thing after another.
func (p *pass) prepare() {
	if !p.options.Halves || !p.flows() {
		return
	}
	text, stop := p.textOnly()
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.render()
		if p.exceeds() {
			stop() // the text is not followed; see flow
			return
		}
		p.checkPayloads()
	}()
	text.flowed.analysis = text.follow()
	text.mended()
	<-done
	if !p.exceeds() {
		p.flowed, p.repaired = text.flowed, text.repaired
	}
}

// textOnly returns a pass over the same template for the half that follows the text. It
// shares nothing that changes but the template, which is safe for concurrent use.
func (p *pass) textOnly() (text *pass, stop context.CancelFunc) {
	half := *p
	half.ctx, stop = context.WithCancel(p.ctx)
	half.flowed.done = true // it is about to be followed, without a look at what events show
	return &half, stop
}
