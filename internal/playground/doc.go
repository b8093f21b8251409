// Package playground is the live page of hooktool preview without a server: the same
// answers, computed in a worker of the visitor's browser, from a static site.
//
// [New] makes the page with the templates to try: those of Coroot's documentation that
// break, the starters of every destination, and a place for your own.
//
// The program in app is built for js/wasm and answers the worker; the one in build
// writes the site. What else the browser loads is in static: the worker, and the page
// that waits for it.
//
// The program is built with the tag offline, which leaves out everything that sends or
// listens. That makes it a fifth smaller, and it cannot send a template anywhere.
package playground
