package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

// decisions are single points at which the analysis decides something. Tests replace
// one to inject a fault and check that it is detected.
type decisions struct {
	endTurn  func(*analyzer, *ranging, *state) *state // what is known after a turn of a loop
	goesOn   func(turn int) bool                      // whether to continue a loop after a turn
	harmless func(class) bool                         // whether a text needs no escaping in a string
	opaque   func(*formula) *formula                  // the condition to use for an opaque one
	declares func(a *analyzer, e *env, name string, assign bool) bool
	repairs  func(*automaton.Doc) bool // whether Coroot repairs a line break
}

func usualDecisions() decisions {
	return decisions{
		endTurn:  (*analyzer).endTurn,
		goesOn:   func(int) bool { return true },
		harmless: func(c class) bool { return c == classBody || c == classSafe },
		opaque:   func(f *formula) *formula { return f },
		declares: func(_ *analyzer, _ *env, _ string, assign bool) bool { return !assign },
		repairs:  (*automaton.Doc).Repaired,
	}
}
