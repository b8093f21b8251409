package preview

import (
	"bytes"
	"slices"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// ShownBody returns the body with what is secret in it masked.
func (p *Preview) ShownBody() []byte {
	known := webhook.Secrets{Members: p.Destination.SecretMembers}
	return []byte(webhook.NewRedactorKnowing(webhook.Webhook{}, known).Body(string(p.Body)))
}

// hidden returns the body with the destination's secrets masked in their own
// length, so that offsets still count.
func (p *Preview) hidden() []byte {
	if len(p.Destination.SecretMembers) == 0 {
		return p.Body
	}
	body := slices.Clone(p.Body)
	p.payload.Root.Walk(func(key string, v *jsontree.Value) {
		if v.Kind == jsontree.String && slices.Contains(p.Destination.SecretMembers, key) {
			inside := body[v.Start+1 : max(v.End-1, v.Start+1)]
			copy(inside, bytes.Repeat([]byte("*"), len(inside)))
		}
	})
	return body
}
