package foreign

import "strings"

// Commands maps other tools' names for the commands of hooktool, or for the subcommands
// of one of them, to hooktool's own.
func Commands(of string) map[string]string {
	switch of {
	case "coroot":
		return map[string]string{
			"list": "projects", "ls": "projects", "status": "projects", "validate": "check", "lint": "check", "get": "pull", "import": "pull", "download": "pull", "fetch": "pull",
			"push": "apply", "upload": "apply", "deploy": "apply", "set": "apply", "send": "test", "test-send": "test", "compare": "diff", "alerts": "events", "incidents": "events", "history": "events",
		}
	case "":
		return commands()
	}
	return nil
}

func commands() map[string]string {
	return map[string]string{
		"lint": "validate", "check": "validate", "verify": "validate", "vet": "validate", "prove": "validate", "scan": "validate",
		"send": "test-send", "post": "test-send", "push": "test-send", "notify": "test-send", "deliver": "test-send", "testsend": "test-send",
		"format": "fix", "fmt": "fix", "repair": "fix", "autofix": "fix",
		"show": "preview", "view": "preview", "display": "preview", "serve": "preview", "web": "preview", "ui": "preview", "edit": "preview", "open": "preview",
		"template": "render", "execute": "render", "exec": "render", "eval": "render", "build": "render",
		"new": "init", "create": "init", "scaffold": "init", "generate": "init", "bootstrap": "init",
		"events": "samples", "examples": "samples", "fixtures": "samples", "fields": "schema", "types": "schema",
		"rules": "explain", "rule": "explain", "describe": "explain", "doc": "explain",
		"mock": "listen", "server": "listen", "receive": "listen", "stub": "listen", "fake": "listen",
		"receivers": "destinations", "providers": "destinations", "integrations": "destinations", "targets": "destinations",
		"export": "coroot export", "pull": "coroot pull", "apply": "coroot apply", "diff": "coroot diff", "deploy": "coroot apply", "projects": "coroot projects",
		"chats": "telegram chats", "language-server": "lsp", "completions": "completion",
		"env": "help environment", "config": "help configuration", "exit": "help exit-codes", "exitcodes": "help exit-codes",
		"login": "coroot", "signin": "coroot", "auth": "coroot",
		"list": "samples", "ls": "samples", "watch": "preview", "import": "coroot pull", "docs": "explain", "man": "help", "about": "version", "lsp-server": "lsp", "languageserver": "lsp",
	}
}

// Flags returns the flags that do what a flag of other tools does; which of them
// applies depends on the command.
func Flags(flag string) []string {
	return map[string][]string{
		"--output-format": {"--format"}, "--reporter": {"--format"}, "--json": {"--format json"}, "--sarif": {"--format sarif"}, "--junit": {"--format junit"}, "--out-format": {"--format"},
		"-o": {"--html", "--dir"}, "--output": {"--html", "--dir"}, "-f": {"--format"}, "--out": {"--output", "--html", "--dir"}, "--outfile": {"--output", "--html"}, "--output-file": {"--output", "--html"},
		"--level": {"--min-severity"}, "--min-level": {"--min-severity"}, "--severity-level": {"--min-severity"}, "--fail-level": {"--fail-on"}, "--max-warnings": {"--fail-on warning"}, "--strict": {"--fail-on warning"}, "--failure-level": {"--fail-on"}, "--errors-only": {"--min-severity error"}, "--level-error": {"--min-severity error"}, "--exit-zero": {"--fail-on never"}, "--no-fail": {"--fail-on never"},
		"--ignore": {"--disable"}, "--exclude": {"--disable"}, "--skip": {"--disable"}, "--select": {"--enable"}, "--rule": {"--enable"}, "--rules": {"--enable"},
		"--autofix": {"--fix", "--write"}, "--in-place": {"--write"}, "-i": {"--write"}, "--overwrite": {"--write", "--force"}, "--dry-run": {"--diff"}, "--apply": {"--write"}, "--dry": {"--dry-run", "--diff"}, "-n": {"--dry-run", "--diff"},
		"-k": {"--insecure"}, "--insecure-skip-tls-verify": {"--insecure"}, "--skip-tls-verify": {"--insecure"}, "--ca-file": {"--cacert"}, "--ca": {"--cacert"}, "--ca-cert": {"--cacert"},
		"--var": {"--set"}, "--values": {"--set"}, "--kind": {"--type"},
		"--retry": {"--retries"}, "--headers": {"--header"}, "--password": {"--password-file", "--user"}, "--username": {"--user"}, "--endpoint": {"--url"}, "--webhook-url": {"--url"}, "--to": {"--url"}, "--address": {"--addr"}, "--listen": {"--addr"}, "--port": {"--addr", "--serve"}, "-p": {"--addr", "--serve"},
		"--all": {"--states all"}, "--all-states": {"--states all"}, "--receiver": {"--destination", "--as"}, "--target": {"--destination"}, "--provider": {"--destination", "--as"}, "--destination": {"--as"}, "--type": {"--as"},
		"--no-color": {"--color never"}, "--no-colour": {"--color never"}, "--colour": {"--color"}, "--silent": {"--quiet"}, "--debug": {"--verbose"}, "-c": {"--config"}, "--config-file": {"--config"},
		"--browser": {"--serve"}, "--open": {"--serve"}, "--live": {"--serve"}, "--web": {"--serve"}, "--follow": {"--watch"},
	}[strings.ToLower(flag)]
}

// Arguments returns, for a flag of other tools that is an argument here, the words for
// the argument in the usage of a command.
func Arguments(flag string) []string {
	file := []string{"TEMPLATE", "PATH", "FILE"}
	event := []string{"EVENT"}
	return map[string][]string{
		"--file": file, "--files": file, "--filename": file, "--path": file, "--template": file, "--tmpl": file, "--dir": file, "--directory": file,
		"--event": event, "--events": event, "--data": event, "--input": event, "--payload": event, "--json-file": event, "--context": event,
		"--destination": {"DESTINATION"}, "--type": {"DESTINATION", "KIND"}, "--kind": {"KIND"}, "--receiver": {"DESTINATION"}, "--rule": {"RULE"}, "--shell": {"SHELL"},
	}[strings.ToLower(flag)]
}

// Habits says why a flag of other tools is not needed here.
func Habits(flag string) string {
	return map[string]string{
		"--stdin": "give - as the path for standard input", "--output": "redirect the output, as in > FILE", "--out": "redirect the output, as in > FILE",
		"-o":        "choose a format with --format, or redirect the output, as in > FILE",
		"--dry-run": "nothing is written or sent unless a flag says so", "--dry": "nothing is written or sent unless a flag says so",
		"--method": "Coroot always posts", "--request": "Coroot always posts", "-x": "Coroot always posts",
		"--version": "hooktool version prints it", "-v": "hooktool version prints the version, and -v is --verbose", "--width": "the width is that of the terminal; the variable COLUMNS sets another",
		"--proxy": "set HTTPS_PROXY or HTTP_PROXY", "--recursive": "folders are always searched recursively", "-r": "folders are always searched recursively",
	}[strings.ToLower(flag)]
}
