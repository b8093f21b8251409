// Package describe says what hooktool knows, for people and for machines: of the
// destinations, of the fields and functions of templates, and of the rules.
package describe
