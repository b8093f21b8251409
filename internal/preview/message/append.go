package message

import "encoding/json"

// AppendJSON appends the value as JSON.
func (v *Value) AppendJSON(b []byte) []byte {
	switch v.Type {
	case Object:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.Key), ':')
			b = m.Value.AppendJSON(b)
		}
		return append(b, '}')
	case Array:
		b = append(b, '[')
		for i, item := range v.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.AppendJSON(b)
		}
		return append(b, ']')
	case String:
		return appendString(b, v.Text)
	}
	if !json.Valid([]byte(v.Text)) { // a number that was cut off
		return append(b, "null"...)
	}
	return append(b, v.Text...)
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string cannot fail
	return append(b, quoted...)
}
