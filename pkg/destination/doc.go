// Package destination describes the systems that receive Coroot's webhooks: how to
// recognise them, what they accept, how they treat what is too long, what their answers
// mean, and what is secret in their URLs and bodies.
//
// A [Destination] is one such system, described mostly as data: URL forms, a JSON
// Schema of the payload, limits, the texts in it that people will see, and a table of
// answers. Each lives in a folder of its own below this one; package catalog lists
// them:
//
//	d := catalog.ByName("discord")
//	for _, problem := range d.Check(body) {
//		fmt.Println(problem.Path, problem.Message)
//	}
//	verdict := d.Judge(response)
//
// [Destination.Check] works in four steps, each of which needs the previous one: it
// reads the body as JSON with the place of every value, validates it against the
// schema, measures lengths and counts in the destination's own units, and parses the
// texts in the destination's own markup, which finds what the destination cannot parse
// and what pings people.
//
// # What a receiver does, level by level
//
// A schema is JSON Schema (draft 2020-12). What JSON Schema cannot express is said with
// additional keywords, in the schema object whose value it is about:
//
//	x-problem, x-hint   how the problem of a keyword that fails is worded, and what to do
//	x-effect            what becomes of it: refused (the default), ignored, vanishes
//	                    (what it is in is not shown), altered, cut, split, or taken: no
//	                    problem; severity follows: refused is an error, the rest a warning
//	x-severity          error, warning or info, where that does not follow
//	x-unknown           what a member does that additionalProperties: false forbids, in
//	                    this object alone: refused, ignored, vanishes, undocumented, kept;
//	                    elsewhere it is [Destination].Unknown
//	x-null              what null does as the value of a member of this object: taken, as
//	                    if the member were not there, or refused, as the schema says;
//	                    elsewhere it is [Destination].Null
//	x-time              the ways to write a time that are taken, a list of rfc3339,
//	                    compact-zone (+0000), zoneless, space, date, unix, empty
//	x-url               what a URL must be: absolute, web (http or https), https, or dotted
//	                    (on a host with a dot, which http://coroot:8080 has not)
//	title               what a value is called when its maxLength or maxItems is passed
//
// # Facts
//
// Facts about a destination come from its documentation or its source; the comments in
// its folder say which. What could not be verified is left out, or not worded as
// certain.
package destination
