// Package jsonflow decides whether the body that a template makes is valid JSON for
// every event, and where it is not gives an event that breaks it.
package jsonflow
