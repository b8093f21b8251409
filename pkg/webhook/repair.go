package webhook

import (
	"bytes"

	"github.com/buger/jsonparser"
)

// RepairNewlines does what Coroot does to every body before it is sent
// (utils.EscapeJsonMultilineStrings): when jsonparser reads the body as an
// object, each raw LF inside a string value at the top level of that object
// becomes \n. Strings in nested objects and arrays, keys, and control
// characters other than LF stay as they are, and so does a body that is not
// an object for that lenient parser.
//
// The result is body itself when nothing has to change.
func RepairNewlines(body []byte) []byte {
	if bytes.IndexByte(body, '\n') < 0 {
		return body
	}
	var spans [][2]int
	err := jsonparser.ObjectEach(body, func(_, value []byte, kind jsonparser.ValueType, end int) error {
		if kind == jsonparser.String && bytes.IndexByte(value, '\n') >= 0 {
			end-- // the closing quote
			spans = append(spans, [2]int{end - len(value), end})
		}
		return nil
	})
	if err != nil || len(spans) == 0 {
		return body
	}
	repaired := make([]byte, 0, len(body)+bytes.Count(body, []byte{'\n'}))
	end := 0
	for _, span := range spans {
		repaired = append(repaired, body[end:span[0]]...)
		text := body[span[0]:span[1]]
		for at := bytes.IndexByte(text, '\n'); at >= 0; at = bytes.IndexByte(text, '\n') {
			repaired = append(append(repaired, text[:at]...), `\n`...)
			text = text[at+1:]
		}
		repaired = append(repaired, text...)
		end = span[1]
	}
	return append(repaired, body[end:]...)
}
