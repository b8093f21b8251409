package help

import "github.com/spf13/cobra"

// topic is a page of help that is not about a command.
type topic struct{ name, text string }

func helpTopics() []topic {
	return []topic{{"environment", Environment}, {"exit-codes", ExitCodes}, {"configuration", Configuration}}
}

func topicNames() []string {
	var names []string
	for _, t := range helpTopics() {
		names = append(names, t.name)
	}
	return names
}

// topics lists the topics that a word after a command can mean; only the root has any.
func topics(cmd *cobra.Command) []string {
	if cmd.HasParent() {
		return nil
	}
	return topicNames()
}

func topicText(args []string) (string, bool) {
	for _, t := range helpTopics() {
		if len(args) == 1 && args[0] == t.name {
			return t.text, true
		}
	}
	return "", false
}

// Environment is the page about environment variables.
const Environment = `Environment variables

Every flag has a variable: --fail-on is HOOKTOOL_FAIL_ON. A flag on the command line
overrides it, and it overrides configuration files.

  HOOKTOOL_URL              where test-send posts to
  HOOKTOOL_PASSWORD         the password of --user
  HOOKTOOL_CONFIG           the configuration file
  HOOKTOOL_TRUST            folders whose .hooktool.yaml may belong to another user,
                            separated as in PATH; * means all
  HOOKTOOL_TELEGRAM_TOKEN   a bot's token; or TELEGRAM_TOKEN
  COROOT_BASE_URL           where Coroot is
  COROOT_USERNAME           your user there
  COROOT_PASSWORD           your password there
  COROOT_SESSION_COOKIE     instead of both: the cookie of a signed-in browser

Webhooks use the variables that the configuration names as ${NAME}.

  NO_COLOR, CLICOLOR_FORCE, TERM    whether output has colours; --color overrides them
  FORCE_HYPERLINK                   whether output has links: 1 or 0
  COLUMNS                           the width of the terminal
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY the proxy of test-send, as in Coroot
`

// ExitCodes is the page about exit codes.
const ExitCodes = `Exit codes

  0    success
  1    something was found at or above --fail-on, a test failed, a file would
       change (fix --check, coroot diff), or the receiver refused
  2    wrong usage or configuration
  3    the work could not be done: unreadable input, a template that fails, no
       connection
  130  interrupted
`

// Configuration is the page about the configuration.
const Configuration = `Configuration

.hooktool.yaml in this folder or one above, up to the repository's root, names
webhooks and keeps settings that would otherwise be flags:

  fail-on: warning
  webhooks:
    chat:
      url: https://chat.example.com/hooks/${CHAT_TOKEN}
      destination: mattermost
      alerts: true
      alertTemplateFile: templates/alert.tmpl

The first source that sets a value wins: the flag, the environment variable, the
project's .hooktool.yaml or the file of --config, your own hooktool/config.yaml
(in ~/.config on Linux), the default. -v says where each setting comes from.

A project's file cannot decide what is written, read from outside, sent elsewhere
or shown unmasked: only your own file, flags and the environment can.

hooktool init writes a configuration; docs/configuration.md has every key:
https://github.com/hooktool/hooktool/blob/main/docs/configuration.md
`
