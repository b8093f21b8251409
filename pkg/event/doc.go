// Package event describes what Coroot sends to a webhook: incidents, deployments and
// alerts.
//
// [Incident], [Deployment] and [Alert] are what a template sees as its dot, with
// Coroot's names in Coroot's order. [Fields] and its neighbours describe them as data,
// which help, checks and documentation share. An [Event] is one of the three with the
// custom fields of its webhook.
//
// A [Decoder] reads event files. An event file holds what {{ json . }} prints in
// Coroot: one object, an array of objects, or one object per line. It is read as a
// stream, and decoded strictly:
//
//	decoder := event.NewDecoder(file, "events.ndjson")
//	for {
//		doc, err := decoder.Next()
//		if err == io.EOF {
//			break
//		}
//		...
//		ev, warnings, err := doc.Decode(event.KindAlert)
//		...
//	}
//
// Every [Problem] has a line and a column. [Samples] are the built-in events, one for
// each state that Coroot can send.
package event
