// Package suite runs golden tests of templates: cases in a YAML file, each of
// which says what a template makes of an event.
//
//	template: templates/alert.tmpl
//	tests:
//	  - name: firing
//	    sample: alert-kubernetes-events
//	    golden: golden/alert-firing.json
//	  - name: no application
//	    sample: alert-no-application
//	    set: {summary: say "hi"}
//	    json: {chat_id: "-1", text: …}
//
// [Load] reads such a file with the positions of its cases. A [Runner] executes
// cases on all cores and compares: bodies by their meaning as JSON where both
// sides are JSON, else byte by byte. It rewrites golden files when it is
// asked to, and knows which branches of the templates were never reached.
//
// The file's format is described for editors by [Schema].
package suite
