// Package starter sets up a webhook to a destination: the three templates with
// which to begin, and a definition in the configuration.
//
// A [Plan] says what would be written, and nothing is written before
// [Plan.Write]:
//
//	plan, err := starter.New(catalog.ByName("telegram"), starter.Options{Dir: "telegram", Config: ".hooktool.yaml"})
//	...
//	err = plan.Write()
//
// A file that is there is neither changed nor overwritten unless
// [Options.Force] says so, and of a configuration that is there no byte is
// changed: the definition is put in where the others are, or it is left to the
// user if that cannot be done safely.
package starter
