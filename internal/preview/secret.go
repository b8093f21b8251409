package preview

import (
	"bytes"
	"slices"

	"github.com/hooktool/hooktool/internal/preview/message"
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
	if v, _ := message.ParseJSON(p.Body); v != nil {
		p.hide(v, body)
	}
	return body
}

func (p *Preview) hide(v *message.Value, body []byte) {
	for _, item := range v.Items {
		p.hide(item, body)
	}
	for _, m := range v.Members {
		if m.Value.Type == message.String && slices.Contains(p.Destination.SecretMembers, m.Key) {
			inside := body[m.Value.Start+1 : max(m.Value.End-1, m.Value.Start+1)]
			copy(inside, bytes.Repeat([]byte("*"), len(inside)))
			continue
		}
		p.hide(m.Value, body)
	}
}
