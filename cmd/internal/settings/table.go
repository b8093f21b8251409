package settings

import "strings"

// By says who may set something.
type By int

// From those who may set least to those who may set all.
const (
	// Project settings say how to look and how to judge. The file of a project
	// may set them, even one that came with a foreign repository.
	Project By = iota
	// Named settings say where messages go. A file may set them that was named
	// with --config.
	Named
	// Person settings say what is written, read from outside the project or
	// shown unmasked. Only the user's own configuration may set them, besides a
	// flag and the environment.
	Person
	// Run settings say what a single run does: a flag or the environment.
	Run
)

// Setting is a flag of one or several commands, which the environment or a
// configuration file can stand for.
type Setting struct {
	Name     string
	By       By
	Type     Type
	Nested   string // the other key in a file, within a group, such as coroot.url
	Lower    bool   // a project's file may only lower it from its default; 0, which means no limit, is not lower
	Commands string // whose flag it is, separated by blanks; every is that of all
	Doc      string // what it does, for the schema of the configuration
}

// Type is what a value may be.
type Type string

// The types.
const (
	Bool     Type = "bool"
	Int      Type = "int"
	Float    Type = "float64"
	Text     Type = "string"
	List     Type = "list" // of texts
	Duration Type = "duration"
)

const every = "every"

// table lists all settings.
func table() []Setting {
	const (
		input    = "render preview test-send"
		template = input + " validate fix"
	)
	return []Setting{
		{Name: "color", Type: Text, Commands: every, Doc: "Colour the output: auto, always or never"},
		{Name: "quiet", Type: Bool, Commands: every, Doc: "Print no warnings, notes or progress"},
		{Name: "verbose", Type: Bool, Commands: every, Doc: "Say more, such as where settings come from, on stderr"},
		{Name: "config", Type: Text, By: Run, Commands: every, Doc: "The configuration file"},
		{Name: "config-env", Type: List, Commands: every, Doc: "Variables of Coroot's environment, each as NAME=VALUE"},
		{Name: "show-secrets", Type: Bool, By: Person, Commands: every, Doc: "Do not mask URLs, passwords and tokens in the output"},

		{Name: "type", Type: Text, Commands: template + " samples coroot", Doc: "The kind of templates that do not tell it: incident, deployment or alert"},
		{Name: "destination", Type: Text, Commands: template + " coroot", Doc: "The name of the receiving system, such as telegram"},
		{Name: "custom-field", Type: List, Commands: template, Doc: "Custom fields of the webhook, each as KEY=VALUE"},
		{Name: "strict", Type: Bool, Commands: input, Doc: "Treat warnings about the event as errors"},
		{Name: "max-time", Type: Duration, Lower: true, Commands: input + " test", Doc: "Stop a template that runs longer"},
		{Name: "max-output", Type: Int, Lower: true, Commands: input + " test", Doc: "Stop a template that prints more bytes"},
		{Name: "stdin-filename", Type: Text, Commands: "validate fix", Doc: "Treat standard input like a file of this name"},
		{Name: "skip-unrelated", Type: Bool, Commands: "validate fix", Doc: "Pass over YAML files without webhooks"},
		{Name: "set", Type: List, By: Run, Commands: input + " init", Doc: "Change a field of the event, or a constant of a starter template"},
		{Name: "sample", Type: Text, By: Run, Commands: input, Doc: "Use this built-in event"},
		{Name: "rule", Type: Text, By: Run, Commands: "render preview", Doc: "Use an alert as this alerting rule makes it"},
		{Name: "label", Type: List, By: Run, Commands: "render preview", Doc: "Labels of the alert of --rule"},
		{Name: "value", Type: Text, By: Run, Commands: "render preview", Doc: "What the query of --rule gives"},
		{Name: "webhook", Type: Text, By: Run, Commands: template + " samples schema coroot", Doc: "Use the webhook of this name"},
		{Name: "format", Type: Text, By: Run, Commands: "render test-send samples schema validate test explain destinations listen telegram version coroot", Doc: "How to print the result"},
		{Name: "states", Type: Text, By: Run, Commands: "preview test-send", Doc: "One or all built-in events of the kind"},
		{Name: "raw", Type: Bool, By: Run, Commands: "render preview", Doc: "Print the body as it is"},
		{Name: "follow", Type: Bool, By: Run, Commands: "render", Doc: "Print each body as soon as its event was read"},
		{Name: "on-error", Type: Text, By: Run, Commands: "render", Doc: "What to do about an event that fails: stop or emit"},
		{Name: "watch", Type: Bool, By: Run, Commands: "preview validate", Doc: "Go on whenever a file changes"},

		{Name: "fail-on", Type: Text, Commands: "validate coroot", Doc: "Exit with 1 from this severity on: error, warning, info or never"},
		{Name: "min-severity", Type: Text, Commands: "validate coroot", Doc: "Leave out findings below this severity"},
		{Name: "enable", Type: List, Commands: "validate coroot", Doc: "Rules to run even if the configuration switches them off"},
		{Name: "disable", Type: List, Commands: "validate coroot", Doc: "Rules not to run"},
		{Name: "severity", Type: List, Commands: "validate coroot", Doc: "Severities of rules, each as RULE=SEVERITY"},
		{Name: "coroot-version", Type: Text, Commands: "validate coroot", Doc: "Find what this version of Coroot does not have yet, such as 1.18.0"},
		{Name: "events", Type: List, Commands: "validate preview", Doc: "Files with events that really happened, to try as well"},
		{Name: "oneline", Type: Bool, Commands: "validate coroot", Doc: "Print one line for each finding"},
		{Name: "statistics", Type: Bool, Commands: "validate coroot", Doc: "Count findings by rule instead of showing them"},
		{Name: "baseline", Type: Text, Commands: "validate coroot", Doc: "Leave out the findings in this file"},
		{Name: "write-baseline", Type: Text, By: Run, Commands: "validate coroot", Doc: "Write all findings to this file, to begin with"},
		{Name: "output", Type: List, By: Person, Commands: "validate coroot", Doc: "Also write a report to a file, as FORMAT=FILE"},
		{Name: "fix", Type: Bool, By: Person, Commands: "validate", Doc: "Repair templates in place before they are checked"},

		{Name: "diff", Type: Bool, Commands: "fix", Doc: "Print what changes, as a unified diff"},
		{Name: "check", Type: Bool, Commands: "fix", Doc: "Print the names of files that would change"},
		{Name: "unsafe", Type: Bool, By: Person, Commands: "fix", Doc: "Also make repairs that may change what a valid template says"},
		{Name: "write", Type: Bool, By: Run, Commands: "fix preview", Doc: "Write templates to their files"},

		{Name: "run", Type: Text, Commands: "test", Doc: "Run only tests whose name matches this regexp"},
		{Name: "coverage", Type: Bool, Commands: "test", Doc: "List the branches of each template that no test reached"},
		{Name: "min-coverage", Type: Float, Commands: "test", Doc: "Fail when fewer percent of all branches are reached"},
		{Name: "update", Type: Bool, By: Person, Commands: "test", Doc: "Write the golden files instead of comparing with them"},
		{Name: "pass-with-no-tests", Type: Bool, Commands: "test", Doc: "Succeed if there are no tests"},
		{Name: "schema", Type: Bool, By: Run, Commands: "test", Doc: "Print the JSON Schema of files with tests"},

		{Name: "serve", Type: Text, By: Run, Commands: "preview", Doc: "Show a live page at this address"},
		{Name: "html", Type: Text, By: Run, Commands: "preview", Doc: "Write a page to this file"},
		{Name: "png", Type: Text, By: Run, Commands: "preview", Doc: "Write a picture to this file"},

		{Name: "url", Type: Text, By: Named, Commands: "test-send", Doc: "The URL to post to"},
		{Name: "user", Type: Text, By: Named, Commands: "test-send coroot", Doc: "Basic auth: USER:PASSWORD, or USER alone"},
		{Name: "header", Type: List, By: Named, Commands: "test-send coroot", Doc: "Headers to add, each as 'KEY: VALUE'"},
		{Name: "insecure", Type: Bool, By: Named, Commands: "test-send coroot", Doc: "Do not verify the server's certificate"},
		{Name: "cacert", Type: Text, By: Named, Commands: "test-send coroot", Doc: "Trust the certificates in this PEM file"},
		{Name: "cert", Type: Text, By: Person, Commands: "test-send", Doc: "Show the receiver the certificate in this PEM file; Coroot has none"},
		{Name: "key", Type: Text, By: Person, Commands: "test-send", Doc: "The private key of cert, in a PEM file"},
		{Name: "url-file", Type: Text, By: Person, Commands: "test-send", Doc: "Read the URL from this file"},
		{Name: "password-file", Type: Text, By: Person, Commands: "test-send coroot", Doc: "Read the password from this file"},
		{Name: "timeout", Type: Duration, Lower: true, Commands: "test-send coroot", Doc: "Give up an attempt after this time"},
		{Name: "retries", Type: Int, Commands: "test-send", Doc: "Try again this many times"},
		{Name: "dry-run", Type: Bool, By: Run, Commands: "test-send", Doc: "Print the request instead of sending it"},
		{Name: "curl", Type: Bool, By: Run, Commands: "test-send", Doc: "Print a command line for curl instead of sending"},

		{Name: "dir", Type: Text, By: Person, Commands: "init coroot", Doc: "The folder of new templates"},
		{Name: "name", Type: Text, By: Person, Commands: "init coroot", Doc: "The name of a new webhook"},
		{Name: "force", Type: Bool, By: Person, Commands: "init coroot", Doc: "Overwrite templates that are there"},

		{Name: "yes", Type: Bool, By: Run, Commands: "coroot", Doc: "Do not ask before something is written"},
		{Name: "test", Type: Bool, By: Run, Commands: "coroot", Doc: "Let Coroot send its test after the webhook was written"},

		{Name: "as", Type: Text, Commands: "listen", Doc: "The destination to stand in for, such as telegram"},
		{Name: "count", Type: Int, Commands: "listen", Doc: "End after this many requests; 0 never ends"},
		{Name: "rate", Type: Int, Commands: "listen", Doc: "Answer as to too many requests when more come in a second; 0 takes all"},
		{Name: "tls", Type: Bool, Commands: "listen", Doc: "Serve https with a certificate made for it"},
		{Name: "addr", Type: Text, By: Person, Commands: "listen", Doc: "Listen on this HOST:PORT"},
		{Name: "cert-out", Type: Text, By: Person, Commands: "listen", Doc: "Write the certificate of --tls to this PEM file"},

		{Name: "coroot-url", Nested: "coroot.url", Type: Text, By: Named, Commands: "coroot", Doc: "The URL of Coroot, with its base path"},
		{Name: "project", Nested: "coroot.project", Type: Text, By: Named, Commands: "coroot", Doc: "The name or id of the project in Coroot"},
		{Name: "base-url", Type: Text, Commands: "coroot", Doc: "What Coroot puts before its links, as a URL"},
		{Name: "since", Type: Text, By: Run, Commands: "coroot", Doc: "Only events since this time"},
		{Name: "limit", Type: Int, By: Run, Commands: "coroot", Doc: "Only the newest so many events"},
		{Name: "lost", Type: Bool, By: Run, Commands: "coroot", Doc: "Only messages that never arrived"},
		{Name: "from-rows", Type: Text, By: Run, Commands: "coroot", Doc: "Read rows of Coroot's notification tables from this file"},
		{Name: "for", Type: Text, By: Run, Commands: "coroot", Doc: "The place for which a definition is written"},

		{Name: "stdio", Type: Bool, By: Run, Commands: "lsp", Doc: "Talk over standard input and output"},

		{Name: "token-file", Type: Text, By: Person, Commands: "telegram", Doc: "Read the bot's token from this file"},
		{Name: "api-url", Type: Text, By: Person, Commands: "telegram", Doc: "The URL of the Bot API server"},
	}
}

// All lists the settings.
func All() []Setting { return table() }

// Names lists the settings that are known as such in a configuration file, whoever
// may set them; see File.Check.
func Names() []string {
	var names []string
	for _, s := range table() {
		if s.Name != "webhook" { // in a file it is webhooks, misspelt
			names = append(names, s.Name)
		}
		if s.Nested != "" {
			names = append(names, s.Nested)
		}
	}
	return names
}

// ByName finds a setting by its name, or by its key in a group.
func ByName(name string) (Setting, bool) {
	for _, s := range table() {
		if s.Name == name || s.Nested != "" && s.Nested == name {
			return s, true
		}
	}
	return Setting{}, false
}

// Of reports whether a command has the flag of a setting.
func (s Setting) Of(command string) bool {
	for _, name := range strings.Fields(s.Commands) {
		if name == command || name == every {
			return true
		}
	}
	return false
}
