package coroot

import (
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// DiffText returns how the webhook of a project and the local one with a name differ,
// as a unified diff; empty if they do not. Secrets are masked unless showSecrets is
// set.
func DiffText(project Project, name string, live, local Definition, style typeset.Style, showSecrets bool) string {
	var out strings.Builder
	for _, part := range parts(live, local, definitionMasker(showSecrets, live, local)) {
		if !part.differs() {
			continue
		}
		from, to := "coroot/"+printable.Text(project.Name)+"/"+part.Name, "local/"+printable.Text(name)+"/"+part.Name
		out.WriteString(typeset.Diff(style, udiff.Unified(from, to, part.Live, part.Local), printable.Text))
	}
	return out.String()
}

// definitionMasker masks what is secret in two definitions.
func definitionMasker(showSecrets bool, definitions ...Definition) Masker {
	if showSecrets {
		same := func(s string) string { return s }
		return Masker{URL: same, Secret: same, Header: func(_, value string) string { return value }}
	}
	return Masker{
		URL:    maskedURL,
		Secret: func(string) string { return webhook.Mask },
		Header: func(key, value string) string {
			for _, d := range definitions {
				redact := webhook.NewRedactorKnowing(d.Webhook(), catalog.Secrets(d.URL))
				value = redact.Header(map[string][]string{key: {value}})[key][0]
			}
			return value
		},
	}
}
