// Package workspace finds the templates that the user means, and what is known about
// each: its kind, its webhook with the custom fields, and the system that receives its
// messages.
//
// Every command and the language server get their templates here: from a file, from a
// folder, from the webhooks of a YAML file or of the configuration, from standard
// input, and from a text that is not on disk (see Overlay). Find lists the places, Open
// reads one of them, and Edits puts changed texts back into their files.
//
// A template in a file that a webhook of the configuration names belongs to that
// webhook, wherever it is found: the webhook says which fields the template may
// use and where its messages go.
package workspace
