package destination

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Destination is a system that receives webhooks. Once made it is safe for concurrent
// use. It must not be copied.
type Destination struct {
	Name      string   // as written on the command line and in file names, such as discord
	FormName  string   // of this form, such as slack; empty: the ordinary form
	Title     string   // as its makers write it
	Aliases   []string // other names for it
	Summary   string   // one sentence: what it is, and how a webhook reaches it
	Docs      string   // the URL of its documentation
	Notice    string   // what every user should know; may be empty
	EndOfLife string   // when and how the service ends; empty: no end is announced

	// How it is recognised, and what is secret.
	URLs          []URLForm
	Chosen        []*Destination // forms that no URL identifies, chosen by name
	SelfHosted    bool           // people run it themselves, on hosts of any name
	Shapes        []Shape        // payloads that only this destination accepts
	SecretMembers []string       // members of the payload that hold secrets
	SecretHeaders []string       // headers that hold secrets, for people to read

	// What it accepts.
	Plain      bool       // the body is text, not JSON
	Files      fs.FS      // schema.json, the starter templates, and webhook.yaml for hooktool init
	SchemaFile string     // the name of the schema in Files; empty: schema.json
	Limits     []Limit    // lengths and counts
	Visible    []TextRule // the texts that people will see
	// Look turns a body into the message that people see; nil: by the usual names of
	// members, such as title and text. [message.Flat] suits most.
	Look    func(*message.Reader) *message.Message
	Unknown UnknownRule // what happens to unknown fields
	Null    NullRule    // what null does as the value of a member; empty: whatever the schema says about null
	// Controls reports whether a raw control character is accepted in a string that is
	// the value of a member; nil: never, as RFC 8259 says.
	Controls  func(key string, c byte) bool
	BadJSON   string   // what it does with a body that is not JSON, if it does not simply refuse it
	Rules     []string // further rules in words; each is checked by the schema or by Extra
	Extra     func(*Payload) []Problem
	Silent    func(p *Payload, ping Ping) bool // reports whether the payload keeps a mention from pinging
	BadMarkup string                           // what to do about invalid markup, as a hint
	NoPings   string                           // how a payload keeps mentions from pinging, as a hint
	// OneSetting says that NoPings is a single setting that covers every mention in a
	// message.
	OneSetting bool
	// Readers says that a mention only reaches people who read the chat anyway, so that
	// one is only worth an info.
	Readers bool
	Example string // a small payload that it accepts

	// How it answers.
	Read    func(webhook.Response) Reading // nil: the status decides
	Answers []Answer

	// How a stand-in for it answers.
	Endpoint string                                    // path and query of a webhook's URL; empty: /
	Respond  func(*Call) webhook.Response              // nil: 200, or 400 for a body that it refuses
	Throttle func(wait time.Duration) webhook.Response // the answer to too many requests; nil: 429 with Retry-After

	compile sync.Once
	schema  *schema
	adopted sync.Once    // set in a form
	whole   *Destination // the destination that this is a form of; nil for none
}

// UnknownRule says what a destination does with unknown fields.
type UnknownRule string

// The ways to treat unknown fields.
const (
	UnknownIgnored  UnknownRule = "ignored"
	UnknownRefused  UnknownRule = "refused"
	UnknownUnsaid   UnknownRule = "undocumented"
	UnknownKept     UnknownRule = "kept"     // they are part of the message
	UnknownVanishes UnknownRule = "vanishes" // the object that contains them is not shown
)

// NullRule says what a destination does with null as the value of a member.
type NullRule string

// The ways to treat null.
const (
	// NullRefused treats null like any other value, which the schema must allow.
	NullRefused NullRule = "refused"
	// NullTaken treats null as if the member were absent, as servers written in Go do:
	// a required member is then missing.
	NullTaken NullRule = "taken"
)

// String returns the name with that of the form, such as discord or discord/slack.
func (d *Destination) String() string {
	if d.FormName == "" {
		return d.Name
	}
	return d.Name + "/" + d.FormName
}

// Called reports whether a name means the destination: its own name or an alias, in any
// case.
func (d *Destination) Called(name string) bool {
	return strings.EqualFold(name, d.Name) ||
		slices.ContainsFunc(d.Aliases, func(alias string) bool { return strings.EqualFold(name, alias) })
}

// Warning returns the warning for a webhook at a URL: that the service ends, or has
// ended. It is empty if there is none.
func (d *Destination) Warning(rawURL string) string {
	if form := d.Form(rawURL); form != nil && form.Retired {
		return form.Note
	}
	return d.EndOfLife
}

// Starter returns the starter template for a kind of event, or "" if there is none.
func (d *Destination) Starter(kind event.Kind) string {
	if d.Files == nil {
		return ""
	}
	text, err := fs.ReadFile(d.Files, kind.String()+".tmpl")
	if err != nil {
		return ""
	}
	return string(text)
}

// Schema returns the JSON Schema of the payload, or nil if any JSON or text will do.
func (d *Destination) Schema() []byte {
	name := d.SchemaFile
	if name == "" {
		name = schemaFile
	}
	if d.Files == nil {
		return nil
	}
	text, err := fs.ReadFile(d.Files, name)
	if err != nil {
		return nil
	}
	return text
}

// schemaFile is the name of the schema in each folder.
const schemaFile = "schema.json"
