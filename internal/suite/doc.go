// Package suite runs golden tests of templates. The cases are in a YAML file; each says
// what a template must produce from an event.
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
// [Load] reads such a file and keeps the positions of its cases. A [Runner] executes
// cases on all cores. It compares bodies by their meaning if both sides are JSON, and
// byte by byte otherwise. It can update golden files, and records which branches of the
// templates were never reached.
//
// [Schema] describes the file format for editors.
package suite
