package page

import (
	"context"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// mark is what the list shows about a template.
type mark struct {
	text             string // that was checked
	Errors, Warnings int
}

// Worst is the severity that the list shows, and Count the number of findings; it is
// empty for a template without mistakes.
func (m *mark) Worst() lint.Severity {
	switch {
	case m.Errors > 0:
		return lint.Error
	case m.Warnings > 0:
		return lint.Warning
	}
	return ""
}

// Count is the number of findings with the severity Worst.
func (m *mark) Count() int {
	if m.Errors > 0 {
		return m.Errors
	}
	return m.Warnings
}

// Says describes the mark in words.
func (m *mark) Says() string { return words.Count(m.Count(), string(m.Worst())) }

// marks caches what was found in the templates of the list.
type marks struct {
	mu   sync.Mutex
	byID map[string]*mark
}

func (m *marks) put(t workspace.Template, r lint.Result) *mark {
	counted := &mark{text: t.Text}
	for _, f := range r.Findings {
		switch f.Severity {
		case lint.Error:
			counted.Errors++
		case lint.Warning:
			counted.Warnings++
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byID == nil {
		m.byID = map[string]*mark{}
	}
	m.byID[t.ID()] = counted
	return counted
}

// of returns the marks of the templates that have not changed since.
func (m *marks) of(templates []workspace.Template) map[string]*mark {
	m.mu.Lock()
	defer m.mu.Unlock()
	known := map[string]*mark{}
	for _, t := range templates {
		if mark := m.byID[t.ID()]; mark != nil && mark.text == t.Text {
			known[t.ID()] = mark
		}
	}
	return known
}

// mark checks a listed template as it was found, only for its mark.
func (p *Pages) mark(ctx context.Context, q query) *mark {
	t := choose(p.current(ctx).Templates, q.Template)
	if t == nil || t.Err != nil {
		return &mark{}
	}
	if known := p.marks.of([]workspace.Template{*t})[t.ID()]; known != nil {
		return known
	}
	return p.marks.put(*t, p.workspace.check(ctx, *t))
}
