// Package webhook renders and sends what Coroot posts to a webhook.
//
// Coroot is configured with a URL, basic auth, headers, custom fields, and one
// text/template for each kind of event. When something happens it executes the
// template, repairs line breaks in the result, and posts it. This package does the
// same, byte for byte, but explains failures:
//
//	tmpl, err := webhook.Parse(event.KindAlert, "alert.tmpl", text)
//	...
//	message, err := tmpl.Render(ctx, ev)
//	...
//	delivery := sender.Send(ctx, hook, message)
//
// # Rendering
//
// A [Template] knows the builtins of text/template and one more function, json. Its dot
// is made by [Data] from an event and the webhook's custom fields. [RepairNewlines] is
// applied to what comes out. Every error is a [*TemplateError] that names the place in
// the template, which text/template alone does not do for parse errors and does wrongly
// for chains such as .A.B.
//
// Execution is bounded in time and output by [Limits], because nothing else stops a
// template that loops forever.
//
// # Sending
//
// A [Sender] posts a message as Coroot's HTTP client does and returns a [Delivery] that
// says in plain words what happened. A [Redactor] masks secrets in everything that can
// be shown.
//
// The facts about Coroot come from its public source, commit 370a33f of 2026-08-18
// (version 1.24.5), and from requests recorded from that code.
package webhook
