package typecheck
// substitute says what to use instead of a function that other programs have.
func substitute(name string) (string, bool) { return "", false }
