package preview

import "github.com/hooktool/hooktool/pkg/webhook"

func (p *Preview) redactor() *webhook.Redactor {
	return webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Members: p.Destination.SecretMembers})
}

// ShownBody returns the body with its secrets masked.
func (p *Preview) ShownBody() []byte { return []byte(p.redactor().Body(string(p.Body))) }

// hidden returns the body with the destination's secrets masked without changing their
// length, so that offsets stay valid.
func (p *Preview) hidden() []byte { return []byte(p.redactor().InPlace(string(p.Body))) }
