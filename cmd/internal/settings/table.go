package settings

import (
	"sync"

	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/event"
)

// By says who may set a setting.
type By int

// From the least to the most trusted.
const (
	// Project settings say what to check and how to judge it. A project's file may set
	// them, even in a repository of unknown origin.
	Project By = iota
	// Named settings say where messages go. A file named with --config may set them.
	Named
	// Person settings say what is written, read from outside the project or shown
	// unmasked. Only flags, the environment and the user's own configuration may set
	// them.
	Person
	// Run settings say what a single run does. Only flags and the environment may set
	// them.
	Run
)

// Setting describes a flag of one or several commands that the environment or a
// configuration file can also set. Its type and default are those of the command's
// variable; see package option.
type Setting struct {
	Name   string
	Short  string // one letter; most have none
	By     By
	Nested string   // an alternative key in a group of a file, such as coroot.url
	Lower  bool     // a project may only lower it from its default; 0 means no limit and is not lower
	File   bool     // it names a file: one of the project, unless the user's own configuration sets it
	Usage  string   // for help, unless the command has its own; `…` marks the name of the value
	Words  []string // the values it accepts; nil: not limited to words
	Noun   string   // what the value is, for messages, if it may be empty
	Commas bool     // one flag can hold several values, separated by commas
	Most   int      // maximum of a whole number; 0: MostCount
	Zero   bool     // 0 is allowed for a duration
}

// MostCount is the highest number of requests, events and the like that flags accept:
// anything more is a mistake and could overflow.
const MostCount = 1_000_000

// Maxima of other whole numbers.
const (
	mostOutput  = 1 << 30 // bytes
	mostRetries = 20      // the pauses grow, and nobody waits longer
)

// All lists the settings.
var All = sync.OnceValue(func() []Setting {
	return []Setting{
		{Name: "color", Usage: "`when` to colour the output", Words: []string{"auto", "always", "never"}},
		{Name: "quiet", Short: "q", Usage: "print no warnings, notes or progress"},
		{Name: "verbose", Short: "v", Usage: "print more on stderr, such as where settings come from"},
		{Name: "config", By: Run, Usage: "read this configuration `file`, or Coroot's, instead of .hooktool.yaml"},
		{Name: "config-env", Usage: "an environment variable of Coroot's, as `NAME=VALUE`; repeatable"},
		{Name: "show-secrets", By: Person, Usage: "do not mask URLs, passwords and tokens in the output"},

		{Name: "type", Short: "t", Usage: "the `kind` of the templates", Words: event.KindNames(), Noun: "kind"},
		{Name: "destination", Short: "d", Usage: "the `name` of the receiving system, such as telegram; see hooktool destinations"},
		{Name: "custom-field", Usage: "a custom field of the webhook, as `KEY=VALUE`; repeatable"},
		{Name: "strict", Usage: "treat warnings about the event as errors"},
		{Name: "max-time", Lower: true, Zero: true, Usage: "stop a template that runs longer than this; 0 means no limit"},
		{Name: "max-output", Lower: true, Most: mostOutput, Usage: "stop a template that prints more `bytes` than this; 0 means no limit"},
		{Name: "stdin-filename", Usage: "treat standard input as a file with this `name`"},
		{Name: "skip-unrelated", Usage: "skip YAML files without webhooks and other systems' templates, and succeed if nothing is left"},
		{Name: "set", By: Run, Usage: "change a field of the event, as `PATH=VALUE`; repeatable"},
		{Name: "sample", By: Run, Usage: "use the built-in event of this `name`; see hooktool samples"},
		{Name: "rule", By: Run, Usage: "use an alert of the alerting rule with this `id` in Coroot's configuration"},
		{Name: "label", By: Run, Usage: "a label of that alert, as `NAME=VALUE`; repeatable"},
		{Name: "value", By: Run, Usage: "the `number` that the rule's query returns"},
		{Name: "webhook", Short: "w", By: Run, Usage: "use the webhook with this `name` in the configuration"},
		{Name: "format", By: Run, Usage: "print as"},
		{Name: "states", By: Run, Usage: "how `many` of the built-in events of the kind to use", Words: []string{"one", "all"}},
		{Name: "raw", By: Run, Usage: "print the body before Coroot repairs line breaks"},
		{Name: "follow", By: Run, Usage: "print each body as soon as its event is read; with --format ndjson"},
		{Name: "on-error", By: Run, Usage: "the `action` for an event that fails", Words: []string{"stop", "emit"}},
		{Name: "watch", By: Run, Usage: "check again whenever a file changes, until Ctrl-C"},

		{Name: "fail-on", Usage: "exit with 1 at this `severity` or above", Words: []string{"error", "warning", "info", "never"}},
		{Name: "min-severity", Usage: "leave out findings below this `severity`", Words: []string{"error", "warning", "info"}},
		{Name: "enable", Commas: true, Usage: "run this `rule` even if the configuration turns it off; repeatable"},
		{Name: "disable", Commas: true, Usage: "do not run this `rule`; repeatable"},
		{Name: "severity", Commas: true, Usage: "change the severity of a rule, as `RULE=SEVERITY`; repeatable"},
		{Name: "coroot-version", Usage: "find what this `version` of Coroot does not support yet, such as 1.18.0"},
		{Name: "events", File: true, Usage: "also try the past events in this `file`; repeatable"},
		{Name: "oneline", Usage: "print one line for each finding"},
		{Name: "statistics", Usage: "count findings by rule instead of showing them"},
		{Name: "baseline", File: true, Usage: "leave out the findings in this `file`"},
		{Name: "write-baseline", By: Run, Usage: "write all findings to this `file`, for --baseline, and exit with 0"},
		{Name: "output", By: Person, Usage: "also write a report to a file, as `FORMAT=FILE`; repeatable"},
		{Name: "fix", By: Person, Usage: "repair templates in place before they are checked, as hooktool fix --write does"},

		{Name: "diff", Usage: "print the changes as a unified diff"},
		{Name: "check", Usage: "print the names of files that would change, and exit with 1 if there are any"},
		{Name: "unsafe", By: Person, Usage: "also make repairs that may change what a valid template says"},
		{Name: "write", By: Run, Usage: "write the repaired templates to their files"},

		{Name: "run", Usage: "run only tests whose name matches this `regexp`"},
		{Name: "coverage", Usage: "list the branches of each template that no test reached"},
		{Name: "min-coverage", Usage: "fail if less than this `percent` of all branches is reached"},
		{Name: "update", By: Person, Usage: "write the golden files instead of comparing with them"},
		{Name: "pass-with-no-tests", Usage: "succeed if there are no tests"},
		{Name: "schema", By: Run, Usage: "print the JSON Schema of test files"},

		{Name: "serve", By: Run, Usage: "show a live page in the browser, at this `address` or a free one"},
		{Name: "html", By: Run, Usage: "write an HTML page with all messages to this `file`"},
		{Name: "png", By: Run, Usage: "write a picture of that page to this `file`; needs Chromium"},

		{Name: "url", By: Named, Usage: "the `URL` to post to"},
		{Name: "user", Short: "u", By: Named, Usage: "basic auth: `USER:PASSWORD`, or USER alone"},
		{Name: "header", Short: "H", By: Named, Usage: "add a `'KEY: VALUE'` header; @FILE reads one per line; repeatable"},
		{Name: "insecure", By: Named, Usage: "do not verify the server's certificate"},
		{Name: "cacert", By: Named, Usage: "trust the certificates in this PEM `file`"},
		{Name: "cert", By: Person, Usage: "send the client certificate in this PEM `file`; Coroot sends none"},
		{Name: "key", By: Person, Usage: "the private key of --cert, in a PEM `file`"},
		{Name: "url-file", By: Person, Usage: "read the URL from this `file`; - is standard input"},
		{Name: "password-file", By: Person, Usage: "read the password from this `file`"},
		{Name: "timeout", Lower: true, Usage: "time limit for each attempt"},
		{Name: "retries", Most: mostRetries, Usage: "retry this many `times`, waiting longer each time or as the receiver asks"},
		{Name: "dry-run", By: Run, Usage: "print the request instead of sending it"},
		{Name: "curl", By: Run, Usage: "print a curl command instead of sending"},

		{Name: "dir", By: Person, Usage: "write the templates to this `folder`"},
		{Name: "name", By: Person, Usage: "`name` of the webhook in the configuration (default: the destination's)"},
		{Name: "force", By: Person, Usage: "overwrite existing templates"},

		{Name: "yes", By: Run, Usage: "do not ask for confirmation"},
		{Name: "test", By: Run, Usage: "have Coroot send its test afterwards"},

		{Name: "as", Usage: "the `destination` to stand in for, such as telegram"},
		{Name: "count", Usage: "stop after this many `requests`; 0 means never"},
		{Name: "rate", Usage: "refuse more than this many `requests` per second, as the service does; 0 means no limit"},
		{Name: "tls", Usage: "serve HTTPS with a new certificate"},
		{Name: "addr", By: Person, Usage: "listen on this `HOST:PORT`; port 0 picks a free one"},
		{Name: "cert-out", By: Person, Usage: "write that certificate to this PEM `file`"},

		{Name: "coroot-url", Nested: "coroot.url", By: Named, Usage: "the `URL` of Coroot, with its base path; or COROOT_BASE_URL"},
		{Name: "project", Nested: "coroot.project", By: Named, Usage: "the `name` or id of the project; not needed if there is only one"},
		{Name: "base-url", Usage: "the base `URL` of Coroot's links"},
		{Name: "since", By: Run, Usage: "only events after this `time`: a duration such as 24h or 7d, or a date such as 2026-11-28"},
		{Name: "limit", By: Run, Usage: "only this many `events`, the newest"},
		{Name: "lost", By: Run, Usage: "only messages that never arrived; with --from-rows"},
		{Name: "from-rows", By: Run, Usage: "read rows of Coroot's notification tables from this `file`; - is standard input"},
		{Name: "for", By: Run, Usage: "the `place`", Words: coroot.Places()},

		{Name: "stdio", By: Run, Usage: "talk over standard input and output, the only transport"},

		{Name: "token-file", By: Person, Usage: "read the bot's token from this `file`; - is standard input"},
		{Name: "api-url", By: Person, Usage: "the `URL` of the Bot API server"},
	}
})

// Names lists the settings that are recognised in a configuration file, whether or not
// it may set them; see File.Check.
func Names() []string {
	var names []string
	for _, s := range All() {
		if s.Name != "webhook" { // in a file it would be a misspelt webhooks
			names = append(names, s.Name)
		}
		if s.Nested != "" {
			names = append(names, s.Nested)
		}
	}
	return names
}

// ByName returns the setting with a name, or with a key in a group.
func ByName(name string) (Setting, bool) {
	for _, s := range All() {
		if s.Name == name || s.Nested != "" && s.Nested == name {
			return s, true
		}
	}
	return Setting{}, false
}
