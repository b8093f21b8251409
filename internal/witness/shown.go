package witness

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sort"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// breaksAt returns where and why a body is not valid JSON. It ignores line breaks in
// strings that Coroot would have repaired had the rest been valid.
func breaksAt(body []byte) (int, string) {
	var v json.RawMessage
	err := json.Unmarshal(bytes.ReplaceAll(body, []byte("\n"), []byte(" ")), &v)
	if err == nil {
		err = json.Unmarshal(body, &v)
	}
	if err == nil {
		return len(body), ""
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) || syntax.Offset >= int64(len(body)) && syntax.Error() == "unexpected end of JSON input" {
		return len(body), err.Error()
	}
	return max(int(syntax.Offset)-1, 0), err.Error()
}

// site identifies where a body breaks by the text before it.
func (f *Found) site() string {
	const near = 12
	end := min(f.Offset, len(f.Body))
	return string(f.Body[max(0, end-near):end])
}

// SameSite reports whether two bodies break after the same text.
func SameSite(x, y *Found) bool { return x.site() == y.site() }

// Range is part of a template, in byte offsets.
type Range struct{ Start, End int }

func (r Range) meets(o webhook.Origin) bool {
	return o.Start < max(r.End, r.Start+1) && r.Start < max(o.End, o.Start+1)
}

// ShownAt reports whether what part of the template prints breaks the body, there or
// just after it. It first makes the output of the actions in others harmless, so that
// their mistakes do not hide this one, and then sets f.Offset to where this one breaks
// the body.
func (m *Maker) ShownAt(f *Found, at Range, others []Range) bool {
	m.Charge(1 + 2*len(f.Body)/bytesACost)
	body, origins := f.Body, f.origins
	if masked := mask(body, origins, at, others); masked != nil {
		body = masked
	}
	if json.Valid(body) {
		return false
	}
	offset, problem := breaksAt(body)
	if !breaksBy(body, offset, origins, at, len(m.tmpl.Text())) {
		return false
	}
	f.Offset, f.Error = offset, problem
	return true
}

// mask returns a copy of a body with the bytes printed by other places, given in text
// order, made harmless. It returns nil if there are none.
func mask(body []byte, origins *webhook.Origins, at Range, others []Range) []byte {
	if len(others) == 0 {
		return nil
	}
	masked := slices.Clone(body)
	for i, c := range masked {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		from := origins.At(i)
		if from.Literal || at.meets(from) {
			continue
		}
		n := sort.Search(len(others), func(n int) bool { return others[n].End >= from.Start })
		if n < len(others) && others[n].meets(from) {
			masked[i] = 'x'
		}
	}
	return masked
}

// breaksBy reports whether a place printed the byte at which a body breaks, or the last
// non-space byte before it.
func breaksBy(body []byte, offset int, origins *webhook.Origins, at Range, end int) bool {
	if offset >= len(body) && at.Start >= end-1 {
		return true
	}
	if offset < len(body) && at.meets(origins.At(offset)) {
		return true
	}
	before := len(bytes.TrimRight(body[:min(offset, len(body))], " \t\r\n"))
	return before > 0 && at.meets(origins.At(before-1))
}
