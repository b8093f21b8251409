package typecheck

// The type rules. A template that breaks one of them fails for some event, and Coroot
// then sends nothing.
const (
	UnknownField         = "unknown-field"         // a field or method that the value does not have
	BadCall              = "bad-call"              // wrong arguments to a field, method or function
	BadOperand           = "bad-operand"           // range, len, index or slice of an unsuitable value
	BadComparison        = "bad-comparison"        // values that cannot be compared
	UndeclaredAssignment = "undeclared-assignment" // a variable is used outside the scope of any declaration
	UndefinedTemplate    = "undefined-template"    // a call of a template that is not defined
	VariableTypeChange   = "variable-type-change"  // a variable has several types, and not all of them allow its use
)

// The other rules.
const (
	UnknownFunction      = "unknown-function"      // the template cannot even be parsed
	PrintfFormat         = "printf-format"         // printf prints %!d(string=...) or the like
	ImpossibleComparison = "impossible-comparison" // a comparison with a value that does not occur
	ShadowedAssignment   = "shadowed-assignment"   // := in a block where = was intended
	UnusedVariable       = "unused-variable"       // a variable is never read
	UnusedTemplate       = "unused-template"       // a template is never called
	MissingValue         = "missing-value"         // a template is called without the value that it prints
	EndlessRecursion     = "endless-recursion"     // a template calls itself endlessly
)

// Rules returns the names of all rules.
func Rules() []string {
	return []string{
		UnknownField, BadCall, BadOperand, BadComparison, UndeclaredAssignment, UndefinedTemplate, VariableTypeChange,
		UnknownFunction, PrintfFormat, ImpossibleComparison, ShadowedAssignment, UnusedVariable, UnusedTemplate, MissingValue, EndlessRecursion,
	}
}

// IsTypeRule reports whether a template that breaks the rule fails because of the type
// of a value or a name that does not exist.
func IsTypeRule(rule string) bool {
	switch rule {
	case UnknownField, BadCall, BadOperand, BadComparison, UndeclaredAssignment, UndefinedTemplate, VariableTypeChange:
		return true
	}
	return false
}
