package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

const destinationsLong = `Print what each destination accepts and what its answers mean: the forms of its
URLs and which parts are secret, the fields of the payload, limits and what happens
beyond them, the markup of texts, and answers.

--format jsonschema prints the JSON Schema of one destination's payload.`

const destinationsExample = `  hooktool destinations
  hooktool destinations discord
  hooktool destinations telegram --format json
  hooktool destinations slack --format jsonschema > slack.schema.json`

func newDestinationsCmd(a *app) *cobra.Command {
	var format string
	cmd := withoutConfig(about{"destinations [NAME]", "Print what a destination accepts and answers", destinationsLong, destinationsExample}.command(
		func(_ context.Context, args []string) error {
			if len(args) == 0 {
				return a.printDestinations(format)
			}
			d, err := option.Destination(args[0])
			if err != nil {
				return err
			}
			return a.printDestination(d, format)
		}))
	cmd.Aliases = []string{"destination"}
	cmd.ValidArgsFunction = option.Destinations
	cmd.Args = help.Args(0, 1, "hooktool destinations [NAME]")
	option.Format(cmd, &format, "text", "json", "jsonschema")
	return cmd
}

// printDestinations lists all destinations.
func (a *app) printDestinations(format string) error {
	switch format {
	case "jsonschema":
		return exit.Usage("name one: hooktool destinations telegram --format jsonschema", "--format jsonschema prints the schema of one destination")
	case "json":
		return jsontree.Write(a.out, describe.DestinationsJSON(catalog.All()...))
	}
	return printAll(a.out, describe.Destinations(catalog.All(), a.outPalette(), a.outColumns()))
}

// printDestination prints all details of a destination.
func (a *app) printDestination(d *destination.Destination, format string) error {
	switch {
	case format == "jsonschema" && d.Plain:
		return exit.Usage("", "%s takes text, which has no JSON Schema", d)
	case format == "jsonschema":
		return printAll(a.out, describe.Schema(d))
	case format == "json":
		return jsontree.Write(a.out, describe.DestinationsJSON(d))
	}
	return printAll(a.out, describe.Destination(d, a.outPalette(), a.outColumns()))
}
