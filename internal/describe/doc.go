// Package describe presents what hooktool knows about destinations, about the fields
// and functions of templates, and about rules, for people and for machines.
package describe
