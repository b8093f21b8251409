package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/settings"
)

// applySettings fills the flags that were not given.
func (a *app) applySettings(cmd *cobra.Command) error {
	files, err := a.configFiles()
	if err != nil {
		return err
	}
	if err := settings.Apply(cmd, a.getenv, files...); err != nil {
		return usageError("", "%w", err)
	}
	return nil
}

// configFiles returns the configuration files, the weakest first.
func (a *app) configFiles() ([]string, error) {
	return nil, nil
}
