// Package destination knows the systems that receive Coroot's webhooks: how to
// recognise them, what they accept, what they do to what is too long, what
// their answers mean, and what in their URLs and bodies is secret.
//
// A [Destination] is one such system, written down mostly as data: URL forms,
// a JSON Schema of the payload, limits, the texts in it that people will see,
// and a table of answers. Each lives in a folder of its own below this one;
// package catalog lists them:
//
//	d := catalog.ByName("discord")
//	for _, problem := range d.Check(body) {
//		fmt.Println(problem.Path, problem.Message)
//	}
//	verdict := d.Judge(response)
//
// [Destination.Check] works in four steps, each of which needs the one before:
// the body is read as JSON with the place of every value; the schema is held
// against it; lengths and counts are measured in the destination's own units;
// and the texts are parsed in the destination's own markup, which finds what
// it cannot parse and what pings people.
//
// # Facts
//
// What is said about a destination comes from its documentation or its source,
// which the comments in its folder name. What could not be verified is left
// out, or worded so that it does not sound certain.
package destination
