// Package typecheck finds mistakes in a Go text/template whose dot is one of Coroot's
// events, without executing the template.
//
// Check follows a template through every branch and tracks the set of types that the
// dot and each variable can have at each point. It reports a problem if any type in the
// set would make text/template fail. Sets are joined where branches merge, and loops
// are walked until their sets stop growing. The rules are those of text/template in Go
// 1.26 (exec.go and funcs.go).
//
// A template without type problems (see IsTypeRule) can fail only because an index or a
// slice is out of range, because it recurses too deeply, or because it runs too long.
// Conversely, the types are an upper bound: a branch that no event reaches is checked
// like any other.
//
// An expression with a problem has an unknown type, and no further problems are
// reported for values derived from it.
package typecheck
