// Package event knows what Coroot tells a webhook: incidents, deployments and
// alerts.
//
// [Incident], [Deployment] and [Alert] are the data that a template sees as its
// dot, with the names and the order of Coroot. [Fields] and its neighbours
// describe them as data, so that help, checks and documentation share one
// truth. An [Event] is one of the three with the custom fields of its webhook.
//
// A [Decoder] reads event files. An event file holds what {{ json . }} prints in
// Coroot: one object, an array of objects, or one object a line. It is read as a
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
// Every [Problem] has its line and column. [Samples] are built-in events, one
// for each state that Coroot can send.
package event
