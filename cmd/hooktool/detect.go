package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// checkDestination refuses the name of a destination that does not exist.
func checkDestination(name string) error {
	if name == "" {
		return nil
	}
	_, _, err := catalog.Detect(catalog.Hints{Name: name})
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
	for _, d := range catalog.All() {
		words = append(words, cobra.CompletionWithDesc(d.Name, d.Title))
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
		if s.destination, s.known, err = catalog.Detect(s.hints); err != nil {
			return destinationError(err)
		}
		o.app.detail("the destination is %s, from: %s", s.destination.Name, s.known)
		if warning := s.destination.Warning(url); warning != "" && i == 0 {
			o.app.note("%s", warning)
		}
	}
	return nil
}

// judge returns what reads the answer. A destination that is only guessed, by a
// file's name or the shape of the payload, raises no doubts about a success.
func (s sending) judge() webhook.Judge {
	judge := s.destination.JudgeFor(s.message.Body)
	if s.known != catalog.ByPath && s.known != catalog.ByShape || s.destination.Form(s.hints.URL) != nil {
		return judge
	}
	return func(r webhook.Response) webhook.Verdict {
		verdict := judge(r)
		if verdict.Outcome == webhook.Delivered {
			verdict.Reason, verdict.Hint = "", ""
		}
		return verdict
	}
}
