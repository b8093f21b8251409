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
// # What a receiver does, level by level
//
// A schema is JSON Schema (draft 2020-12). What JSON Schema has no words for stands
// beside its keywords, in the schema object whose value it is about:
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
// What is said about a destination comes from its documentation or its source,
// which the comments in its folder name. What could not be verified is left
// out, or worded so that it does not sound certain.
package destination
