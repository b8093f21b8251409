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
//	x-problem, x-hint   the message when a keyword fails, and what to do
//	x-effect            what the receiver then does: refused (the default), ignored,
//	                    vanishes (its parent is not shown), altered, cut, split, or taken:
//	                    no problem; refused is an error, the others are warnings
//	x-severity          error, warning or info, if not the one of x-effect
//	x-unknown           what happens to a member that additionalProperties: false forbids,
//	                    in this object: refused, ignored, vanishes, undocumented, kept;
//	                    the default is [Destination].Unknown
//	x-null              what null does as the value of a member of this object: taken, as
//	                    if the member were missing, or refused, as the schema says;
//	                    the default is [Destination].Null
//	x-time              the accepted ways to write a time, a list of rfc3339,
//	                    compact-zone (+0000), zoneless, space, date, unix, empty
//	x-url               what a URL must be: absolute, web (http or https), https, or dotted
//	                    (its host has a dot, unlike http://coroot:8080)
//	title               the name of a value in messages about its maxLength or maxItems
//
// # Facts
//
// Facts about a destination come from its documentation or its source; the comments in
// its folder say which. What could not be verified is left out, or not worded as
// certain.
package destination
