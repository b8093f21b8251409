// Package foreign knows what people write who come from Alertmanager, Helm,
// Jinja, Liquid, Handlebars, shells and programming languages, or whose text has
// come through a chat: the words, fields and characters that are something else
// in a template of Coroot, and what they are there.
package foreign
