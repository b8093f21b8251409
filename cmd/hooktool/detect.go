package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// checkDestination refuses the name of a destination that does not exist.
func checkDestination(name string) error {
	if name == "" {
		return nil
	}
	_, err := catalog.Detect(catalog.Hints{Name: name})
	return err
}

// completeDestinations completes --destination.
func completeDestinations(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, d := range catalog.Forms() {
		words = append(words, cobra.CompletionWithDesc(d.String(), d.Title))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
