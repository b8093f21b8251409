// Package describe presents what hooktool knows about destinations, about the fields
// and functions of templates, about the built-in events and about rules, for people and
// for machines.
package describe
