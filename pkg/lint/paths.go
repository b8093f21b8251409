package lint

// PathSeverities are the severities of rules for some files.
type PathSeverities struct {
	Match      func(path string) bool
	Severities map[string]Severity
}
