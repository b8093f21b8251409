// Package starter sets up a webhook to a destination: three templates to start with,
// and a definition in the configuration.
//
// A [Plan] describes what would be written; nothing is written before [Plan.Write]:
//
//	plan, err := starter.New(catalog.ByName("telegram"), starter.Options{Dir: "telegram", Config: ".hooktool.yaml"})
//	...
//	err = plan.Write()
//
// Existing files are neither changed nor overwritten unless [Options.Force] is set. In
// an existing configuration, no byte is changed: the definition is added next to the
// others, or left to the user if that cannot be done safely.
package starter
