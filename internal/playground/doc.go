// Package playground is the live page of hooktool preview without a server: the
// same answers, computed in a worker of the visitor's browser, from a static site.
//
// [New] makes the page of templates to try: those of Coroot's documentation that
// break, the starters of every destination, and a place for one's own.
//
// The program in app is built for js/wasm and answers the worker; that in build
// writes the site. What the browser loads besides is in static: the worker, and
// the page that waits for it.
//
// The program is built with the tag offline, which leaves out everything that
// sends or listens: it is a fifth smaller for it, and has nothing that could send a
// template away.
package playground
