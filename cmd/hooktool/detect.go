package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// checkDestination refuses the name of a destination that does not exist.
func checkDestination(name string) error {
	if name == "" {
		return nil
	}
	_, err := catalog.Detect(catalog.Hints{Name: name})
	return destinationError(err)
}

func destinationError(err error) error {
	var unknown *catalog.UnknownError
	if errors.As(err, &unknown) {
		return usageError(unknown.Hint(), "%w", err)
	}
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

// detectAll finds the destination of every sending, and says once what must be
// said about the service.
func (o *testSendOptions) detectAll(url string, sendings []sending) error {
	for i := range sendings {
		s := &sendings[i]
		s.hints.URL = url
		var err error
		if s.found, err = catalog.Detect(s.hints); err != nil {
			return destinationError(err)
		}
		o.app.detail("the destination is %s, from: %s", s.found.Destination, s.found.Source)
		if warning := s.found.Destination.Warning(url); warning != "" && i == 0 {
			o.app.note("%s", warning)
		}
	}
	return nil
}
