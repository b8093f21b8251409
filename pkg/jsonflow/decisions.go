package jsonflow

import (
	"github.com/hooktool/hooktool/internal/automaton"
)

// decisions are what the analysis decides in single places. Tests replace one of
// them to plant a mistake, and see that it is found.
type decisions struct {
	endTurn  func(*analyzer, *ranging, *state) *state // what is known after a turn of a loop
	goesOn   func(turn int) bool                      // whether a loop is followed after a turn
	harmless func(class) bool                         // whether a text needs no escape in a string
	opaque   func(*formula) *formula                  // when a condition holds that is known by its words
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
