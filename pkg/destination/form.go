package destination

import (
	"net/url"
	"strings"
)

// A destination accepts one payload at most of its URLs, and another at some: ntfy
// takes JSON at its root and any text at a topic, and Discord takes Slack's payload at
// /slack. Each such form is a Destination of its own. The main one lists it in
// [URLForm].Takes, or in Chosen if no URL identifies it.
//
// Name, Title, Aliases, Summary, Docs, Notice, EndOfLife, URLs, the secrets, Read,
// Answers, Endpoint, Respond and Throttle default to those of the main one. What a form
// accepts is its own: a form without a schema takes any JSON, one that is Plain any
// text.

// form returns a form of the destination, completed with the defaults from the main
// one.
func (d *Destination) form(f *Destination) *Destination {
	f.adopted.Do(func() {
		f.whole, f.Name, f.Aliases, f.URLs, f.Chosen, f.SelfHosted = d, d.Name, d.Aliases, d.URLs, d.Chosen, d.SelfHosted
		for _, text := range []struct{ own, whole *string }{
			{&f.Title, &d.Title},
			{&f.Summary, &d.Summary},
			{&f.Docs, &d.Docs},
			{&f.Notice, &d.Notice},
			{&f.EndOfLife, &d.EndOfLife},
			{&f.Endpoint, &d.Endpoint},
		} {
			if *text.own == "" {
				*text.own = *text.whole
			}
		}
		if f.SecretMembers == nil {
			f.SecretMembers = d.SecretMembers
		}
		if f.SecretHeaders == nil {
			f.SecretHeaders = d.SecretHeaders
		}
		if f.Read == nil {
			f.Read = d.Read
		}
		if f.Answers == nil {
			f.Answers = d.Answers
		}
		if f.Respond == nil {
			f.Respond = d.Respond
		}
		if f.Throttle == nil {
			f.Throttle = d.Throttle
		}
	})
	return f
}

// Whole returns the destination that this is a form of, or itself if it is not a form.
func (d *Destination) Whole() *Destination {
	if d.whole != nil {
		return d.whole
	}
	return d
}

// Forms returns the forms of the destination that accept another payload, in the order
// of its URLs.
func (d *Destination) Forms() []*Destination {
	var forms []*Destination
	seen := map[string]bool{}
	add := func(f *Destination) {
		if f != nil && !seen[f.FormName] {
			seen[f.FormName] = true
			forms = append(forms, d.Whole().form(f))
		}
	}
	for i := range d.URLs {
		add(d.URLs[i].Takes)
	}
	for _, f := range d.Chosen {
		add(f)
	}
	return forms
}

// FormCalled returns the form with a name such as slack, or nil if there is none.
func (d *Destination) FormCalled(name string) *Destination {
	for _, f := range d.Forms() {
		if strings.EqualFold(f.FormName, name) {
			return f
		}
	}
	return nil
}

// At returns what a webhook at a URL is: a form of the destination, or the destination
// itself if the URL identifies no form.
func (d *Destination) At(raw string) *Destination {
	match := d.matchURL(raw)
	if match == nil || match.form.Takes == nil {
		return d
	}
	return d.Whole().form(match.form.Takes)
}

// Serving returns what a stand-in for the destination is at a path: the first form of
// its URLs with that path, ignoring hosts.
func (d *Destination) Serving(path string, query url.Values) *Destination {
	for i := range d.URLs {
		example, err := url.Parse(d.URLs[i].Example)
		if err != nil {
			continue
		}
		here := url.URL{Scheme: example.Scheme, Host: example.Host, Path: path, RawQuery: query.Encode()}
		if match := d.matchURL(here.String()); match != nil {
			return d.At(here.String())
		}
	}
	return d
}
