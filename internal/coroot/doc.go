// Package coroot talks to a running Coroot about its webhook: it reads and writes the
// definition of a project's webhook, makes Coroot send its test, and turns past alerts
// and incidents into the events that Coroot would have posted.
//
//	client, err := coroot.Open(ctx, coroot.Options{URL: "https://coroot.example.com", Username: "admin", Password: password})
//	...
//	project, err := client.Project("production")
//	...
//	definition, err := client.Webhook(ctx, project)
//
// It uses the API of Coroot's own user interface, read from its public source (commit
// 370a33f, v1.24.5) and recorded from its server. It is a client for the webhook, not
// an administration tool: it writes nothing else.
//
// Every error is an *Error with a hint. None contains a secret: no password, no session
// cookie, nothing from a definition.
package coroot
