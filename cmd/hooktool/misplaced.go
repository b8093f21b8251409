package main

import (
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
)

// misplaced rejects an argument that is the value of a flag, such as a URL or the name of
// a destination, where a file belongs. A file of that name is what the user means.
func (a *app) misplaced(cmd *cobra.Command, args []string) error {
	missing := slices.DeleteFunc(slices.Clone(args), func(arg string) bool {
		_, err := os.Lstat(arg)
		return err == nil
	})
	if len(missing) == 0 || cmd.Flags().Lookup("destination") == nil {
		return nil // the names need not be known
	}
	if at := slices.IndexFunc(missing, help.IsURL); at >= 0 {
		hint := "download it, and give the file"
		if cmd.Flags().Lookup("url") != nil {
			hint = words.DidYouMean("--url " + printable.ShellWord(missing[at]))
		}
		return exit.Usage(hint, "%s is a URL, not a file", missing[at])
	}
	for _, meant := range []struct {
		flag, what string
		values     []string
	}{
		{"-w", "a webhook", a.webhookNames()},
		{"-d", "a destination", catalog.Names()},
		{"-t", "a kind of event", event.KindNames()},
	} {
		for _, arg := range missing {
			if slices.Contains(meant.values, arg) {
				return exit.Usage(words.DidYouMean(meant.flag+" "+arg), "there is no file %q; this is the name of %s", arg, meant.what)
			}
		}
	}
	return nil
}
