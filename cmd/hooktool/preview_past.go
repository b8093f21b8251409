package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/lint"
)

// errStopped reports that the user wants to see no more.
var errStopped = errors.New("stopped")

// past writes the messages of past events of the template's kind: one at a time on a
// terminal, all at once elsewhere.
func (p *previewWriter) past(ctx context.Context, in *meeting.Input, events []lint.PastEvent) error {
	tmpl, err := p.begin(ctx, in)
	if err != nil {
		return err
	}
	kind := in.Template.Kind
	var mine []lint.PastEvent
	for _, ev := range events {
		if ev.Kind() == kind {
			mine = append(mine, ev)
		}
	}
	if len(mine) == 0 {
		p.options.app.note("%s: none of the %d events is of the kind %s", in.Template.Label(), len(events), kind)
		return nil
	}
	for i, ev := range mine {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := ev.Event.Clone()
		if err := in.Change(&e); err != nil {
			return err
		}
		message, err := tmpl.Render(ctx, e)
		if err != nil {
			return err
		}
		if err := p.write(fmt.Sprintf("%s, %d of %d", ev.Name, i+1, len(mine)), message.Body); err != nil {
			return err
		}
		if i < len(mine)-1 && !p.next() {
			return errStopped
		}
	}
	return nil
}

// next asks on a terminal whether to continue.
func (p *previewWriter) next() bool {
	a := p.options.app
	if !terminal.IsTerminal(a.in) || !terminal.IsTerminal(asIs(a.out)) {
		return true
	}
	if p.answers == nil {
		p.answers = bufio.NewReader(a.in)
	}
	if err := a.flush(); err != nil {
		return false
	}
	fmt.Fprint(asIs(a.err), a.errPalette().Dim("Enter: next, q: quit "))
	answer, err := p.answers.ReadString('\n')
	return err == nil && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "q")
}
