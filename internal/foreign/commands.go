package foreign

import "strings"

// Command returns the command that is called so in other tools; empty: there is none.
func Command(word string) string {
	return map[string]string{
		"lint": "validate", "check": "validate", "verify": "validate", "vet": "validate", "prove": "validate", "scan": "validate",
		"send": "test-send", "post": "test-send", "push": "test-send", "notify": "test-send", "deliver": "test-send", "testsend": "test-send",
		"format": "fix", "fmt": "fix", "repair": "fix", "autofix": "fix",
		"show": "preview", "view": "preview", "display": "preview", "serve": "preview", "web": "preview", "ui": "preview",
		"template": "render", "execute": "render", "exec": "render", "eval": "render", "build": "render",
		"new": "init", "create": "init", "scaffold": "init", "generate": "init", "bootstrap": "init",
		"events": "samples", "examples": "samples", "fixtures": "samples", "fields": "schema", "types": "schema",
		"rules": "explain", "rule": "explain", "describe": "explain", "doc": "explain",
		"mock": "listen", "server": "listen", "receive": "listen", "stub": "listen", "fake": "listen",
		"receivers": "destinations", "providers": "destinations", "integrations": "destinations", "targets": "destinations",
		"export": "coroot export", "pull": "coroot pull", "apply": "coroot apply", "diff": "coroot diff", "deploy": "coroot apply", "projects": "coroot projects",
		"chats": "telegram chats", "language-server": "lsp", "completions": "completion",
		"env": "help environment", "config": "help configuration", "exit": "help exit-codes", "exitcodes": "help exit-codes",
	}[strings.ToLower(word)]
}

// Flags returns the flags that do what a flag of other tools does: which of them counts
// depends on the command.
func Flags(flag string) []string {
	return map[string][]string{
		"--output-format": {"--format"}, "--reporter": {"--format"}, "--json": {"--format json"}, "--sarif": {"--format sarif"}, "--junit": {"--format junit"}, "--out-format": {"--format"},
		"-o": {"--output", "--format"}, "-f": {"--format"}, "--out": {"--output", "--html"}, "--outfile": {"--output", "--html"}, "--output-file": {"--output", "--html"},
		"--level": {"--min-severity"}, "--min-level": {"--min-severity"}, "--severity-level": {"--min-severity"}, "--fail-level": {"--fail-on"}, "--max-warnings": {"--fail-on warning"}, "--strict": {"--fail-on warning"}, "--exit-zero": {"--fail-on never"}, "--no-fail": {"--fail-on never"},
		"--ignore": {"--disable"}, "--exclude": {"--disable"}, "--skip": {"--disable"}, "--select": {"--enable"}, "--rule": {"--enable"}, "--rules": {"--enable"},
		"--autofix": {"--fix", "--write"}, "--in-place": {"--write"}, "-i": {"--write"}, "--apply": {"--write"}, "--dry": {"--dry-run", "--diff"}, "-n": {"--dry-run", "--diff"},
		"-k": {"--insecure"}, "--insecure-skip-tls-verify": {"--insecure"}, "--skip-tls-verify": {"--insecure"}, "--ca-file": {"--cacert"}, "--ca": {"--cacert"}, "--ca-cert": {"--cacert"},
		"--data": {"--set"}, "--var": {"--set"}, "--values": {"--set"}, "--input": {"--sample"}, "--event": {"--sample"}, "--kind": {"--type"},
		"--retry": {"--retries"}, "--headers": {"--header"}, "--password": {"--password-file", "--user"}, "--username": {"--user"}, "--endpoint": {"--url"}, "--webhook-url": {"--url"}, "--address": {"--addr"}, "--listen": {"--addr"}, "--port": {"--addr"}, "-p": {"--addr"},
		"--all": {"--states all"}, "--all-states": {"--states all"}, "--receiver": {"--destination", "--as"}, "--target": {"--destination"}, "--provider": {"--destination", "--as"},
		"--no-color": {"--color never"}, "--no-colour": {"--color never"}, "--colour": {"--color"}, "--silent": {"--quiet"}, "--debug": {"--verbose"}, "-c": {"--config"}, "--config-file": {"--config"},
		"--open": {"--serve"}, "--live": {"--serve"}, "--web": {"--serve"}, "--follow": {"--watch"},
	}[strings.ToLower(flag)]
}
