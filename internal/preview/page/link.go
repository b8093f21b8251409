package page

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// A link carries a template and an event in the fragment of a URL, which a browser
// never sends: JSON, deflated, base64url-encoded, after the version of this format.
const linkVersion = "1."

// The bounds of links: of their length, and in bytes of what a link decompresses to.
const (
	mostLink = 32 << 10
	mostTold = 1 << 20
)

// link is the contents of a link.
type link struct {
	Template string     `json:"t"`           // its ID
	Kind     event.Kind `json:"k,omitempty"` // for a template whose ID no longer exists
	Sample   string     `json:"s,omitempty"`
	Text     *string    `json:"x,omitempty"` // nil: as it is listed
	Event    string     `json:"e,omitempty"` // the edited event
}

// encode writes the link, without the "#" before it.
func (l link) encode() (string, error) {
	told, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(linkVersion)
	letters := base64.NewEncoder(base64.RawURLEncoding, &b)
	packed, err := flate.NewWriter(letters, flate.BestCompression)
	if err != nil {
		return "", err
	}
	packed.Write(told) // a Builder never fails
	packed.Close()
	letters.Close()
	if b.Len() > mostLink || len(told) > mostTold {
		return "", fmt.Errorf("this is too long for a link: it would have %d characters, but at most %d are possible", b.Len(), mostLink)
	}
	return b.String(), nil
}

var errLink = errors.New("this link cannot be read: it is damaged or incomplete")

// decodeLink reads a link.
func decodeLink(text string) (link, error) {
	var l link
	text, ok := strings.CutPrefix(text, linkVersion)
	if !ok || len(text) > mostLink {
		return l, errLink
	}
	packed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return l, errLink
	}
	told, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), mostTold+1))
	if err != nil || len(told) > mostTold || json.Unmarshal(told, &l) != nil || l.Template == "" {
		return link{}, errLink
	}
	return l, nil
}

// open returns what a link asks for. If its template is no longer listed, the text goes
// into the last template of its kind.
func (p *Pages) open(ctx context.Context, text string) (query, error) {
	l, err := decodeLink(text)
	if err != nil {
		return query{}, err
	}
	q := query{Template: l.Template, Sample: l.Sample, Event: unixLines(l.Event)}
	if l.Text != nil {
		q.Text, q.Edited = unixLines(*l.Text), true
	}
	all := p.current(ctx).Templates
	if choose(all, q.Template) == nil {
		for _, t := range slices.Backward(all) {
			if t.Kind == l.Kind {
				q.Template = t.ID()
				break
			}
		}
	}
	return q, nil
}

// shareable is a link to share as the page shows it.
type shareable struct {
	Link    string
	Secrets []string
	Problem *problem
}

func (p *Pages) share(ctx context.Context, q query) shareable {
	t, refused := p.text(ctx, q)
	if refused != nil {
		return shareable{Problem: refused}
	}
	l := link{Template: t.ID(), Kind: t.Kind, Sample: q.Sample}
	if q.Edited {
		l.Text = &q.Text
	}
	if q.Sample == editedEvent {
		l.Event = q.Event
	}
	text, err := l.encode()
	if err != nil {
		return shareable{Problem: &problem{Message: err.Error(), Hint: "shorten the event, or share the files themselves"}}
	}
	return shareable{Link: text, Secrets: q.secrets()}
}

// secrets names what looks like a secret in what was entered on the page.
func (q query) secrets() []string {
	var names []string
	if q.Edited {
		names = secretsIn(q.Text)
	}
	if q.Sample == editedEvent {
		names = append(names, secretsIn(q.Event)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func secretsIn(text string) []string {
	var names []string
	for _, secret := range webhook.FindSecrets(text) {
		names = append(names, secret.Name)
	}
	return names
}
