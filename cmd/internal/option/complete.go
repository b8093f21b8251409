package option

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// CompleteBy sets the completion function of a flag.
func CompleteBy(cmd *cobra.Command, flag string, complete cobra.CompletionFunc) {
	// The only possible error is an unknown flag, which fails every test.
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}

// Samples completes the names of samples, with descriptions.
func Samples(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var named []string
	for _, sample := range event.Samples() {
		named = append(named, cobra.CompletionWithDesc(sample.Name, sample.Doc))
	}
	return named, cobra.ShellCompDirectiveNoFileComp
}

// Destinations completes --destination.
func Destinations(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, d := range catalog.Forms() {
		words = append(words, cobra.CompletionWithDesc(d.String(), d.Title))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// standIns completes --as.
func standIns(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return catalog.Names(), cobra.ShellCompDirectiveNoFileComp
}

// Rules completes the ids of rules.
func Rules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, rule := range lint.Rules() {
		words = append(words, cobra.CompletionWithDesc(rule.ID, rule.Summary))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// severities builds the words only when a shell asks for them, not at every start of
// the program.
func severities(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, id := range lint.IDs() {
		for _, severity := range append(lint.Severities(), lint.Off) {
			words = append(words, id+"="+string(severity))
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// outputs completes the formats of --output, which the name of a file follows.
func outputs(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(word, "=") {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var words []string
	for _, format := range report.Formats() {
		words = append(words, format+"=")
	}
	return words, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
