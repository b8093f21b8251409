// Package foreign knows what people write out of habit from Alertmanager, Helm, Jinja,
// Liquid, Handlebars, shells and programming languages, or paste from a chat: the words,
// fields and characters that differ in Coroot's templates, and their equivalents.
package foreign
