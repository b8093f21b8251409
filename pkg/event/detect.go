package event

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ErrNoKind is the error of an event whose keys do not tell its kind.
var ErrNoKind = errors.New("the kind of this event is not known")

// DetectKind finds the kind of an event by keys that only one kind has: reports for an
// incident, version for a deployment, rule_name or severity for an alert. If its keys do
// not tell, it is of the kind otherwise; if that is empty, the error is ErrNoKind.
func (doc Document) DetectKind(otherwise Kind) (Kind, error) {
	if doc.fault != nil {
		return "", doc.fault
	}
	if otherwise != "" && !doc.mayBeOtherThan(otherwise) {
		return otherwise, nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(doc.Text), &keys); err != nil {
		d := &decoding{doc: doc, scanner: scanner{text: doc.Text}}
		if problem := d.invalid(err); problem != nil {
			return "", problem
		}
	}
	found := map[Kind]bool{}
	for key := range keys {
		if kind := kindOfKey(key); kind != "" {
			found[kind] = true
		}
	}
	if len(found) == 1 {
		return slices.Collect(maps.Keys(found))[0], nil
	}
	if otherwise != "" {
		return otherwise, nil
	}
	message := "the kind of this event cannot be told from its keys"
	if len(found) > 1 {
		message = "the event has keys of more than one kind"
	}
	return "", &Problem{
		Path: doc.Path, Pos: doc.Pos, Message: message, Err: ErrNoKind,
		Hint: fmt.Sprintf("say it with --type incident, deployment or alert; %q belongs to an incident, %q to a deployment, %q to an alert", "reports", "version", "rule_name"),
	}
}

// mayBeOtherThan reports whether a document is worth parsing to learn that it is not of a
// kind: keys of another appear in it, or escapes that can hide one.
func (doc Document) mayBeOtherThan(kind Kind) bool {
	return slices.ContainsFunc(foreignKeys()[kind], func(key string) bool { return strings.Contains(doc.Text, key) })
}

// foreignKeys lists for each kind what keys of others look like in JSON.
var foreignKeys = sync.OnceValue(func() map[Kind][]string {
	foreign := map[Kind][]string{}
	for _, kind := range Kinds() {
		foreign[kind] = []string{`\u00`}
		for _, other := range Kinds() {
			for _, field := range Fields(other) {
				if other != kind && kindOfKey(field.JSON) == other {
					foreign[kind] = append(foreign[kind], strconv.Quote(field.JSON))
				}
			}
		}
	}
	return foreign
})

// kindOfKey returns the only kind that has a key.
func kindOfKey(key string) Kind {
	var found Kind
	for _, kind := range Kinds() {
		for _, field := range Fields(kind) {
			if field.JSON != key {
				continue
			}
			if found != "" {
				return ""
			}
			found = kind
		}
	}
	return found
}
