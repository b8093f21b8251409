// Package foreign knows what people write who come from Alertmanager, Helm, Jinja,
// Liquid, Handlebars, shells and programming languages, or whose text was pasted from a
// chat: the words, fields and characters that differ in Coroot's templates, and their
// equivalents.
package foreign
