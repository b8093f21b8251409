package jsontree

import (
	"bytes"
	"encoding/json"
	"io"
)

// Write writes a value as indented JSON, with <, > and & unescaped.
func Write(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// Line returns a value as one line of JSON with its line break, with <, > and &
// unescaped.
func Line(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return b.Bytes(), err
}
