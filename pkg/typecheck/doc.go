// Package typecheck finds the mistakes in a Go text/template whose dot is one
// of Coroot's events, without executing it.
//
// Check follows a template through every branch and keeps, for the dot and for
// each variable, the set of types that it can have at that place. Where a type
// of that set would make text/template fail, there is a problem. The sets are
// joined where branches meet, and a loop is walked until they no longer grow.
// The rules are those of text/template in Go 1.26 (exec.go and funcs.go).
//
// A template without a type problem (see IsTypeRule) can still fail when an
// index or a slice is out of range, when it recurses too deeply, or when it runs
// too long; nothing else is left to fail. In the other direction the types are
// an upper bound: a branch that no event reaches is checked like any other.
//
// An expression that was found wrong has an unknown type, and nothing further is
// said about what is made of it.
package typecheck
