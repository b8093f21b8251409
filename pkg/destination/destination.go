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

// Destination is a system that receives webhooks. It is safe for concurrent use
// once it is made, and must not be copied.
type Destination struct {
	Name      string   // as the command line and file names have it, such as discord
	FormName  string   // which of its forms it is, such as slack; empty: the ordinary one
	Title     string   // as its makers write it
	Aliases   []string // other names that mean it
	Summary   string   // one sentence: what it is, and how a webhook reaches it
	Docs      string   // the URL of its documentation
	Notice    string   // what everyone who uses it should know; may be empty
	EndOfLife string   // when and how the service ends; empty: no end is known

	// How it is recognised, and what is secret.
	URLs          []URLForm
	Chosen        []*Destination // forms that no URL tells, which are chosen by name
	SelfHosted    bool           // people run it themselves, on hosts of any name
	Shapes        []Shape        // payloads that only this destination takes
	SecretMembers []string       // members of the payload that hold secrets
	SecretHeaders []string       // headers that hold secrets, for people to read

	// What it accepts.
	Plain      bool       // the body is text, not JSON
	Files      fs.FS      // schema.json, the starter templates, and webhook.yaml for hooktool init
	SchemaFile string     // the name of the schema in Files; empty: schema.json
	Limits     []Limit    // lengths and counts
	Visible    []TextRule // the texts that people see
	// Look makes of a body the message that people see; nil: by the usual names of
	// members, such as title and text. [message.Flat] does for most.
	Look    func(*message.Reader) *message.Message
	Unknown UnknownRule // what becomes of unknown fields
	Null    NullRule    // what null does as the value of a member; empty: what the schema says of null
	// Controls tells whether a raw control character is taken in a string that is
	// the value of a member; nil: never, as RFC 8259 says.
	Controls  func(key string, c byte) bool
	BadJSON   string   // what it does with a body that is not JSON, when it does not simply refuse it
	Rules     []string // further rules in words; each is held by the schema or by Extra
	Extra     func(*Payload) []Problem
	Silent    func(p *Payload, ping Ping) bool // whether the payload keeps a mention from pinging
	BadMarkup string                           // what to do about markup that cannot be parsed, as a hint
	NoPings   string                           // how a payload keeps mentions from pinging, as a hint
	// OneSetting tells that NoPings is one setting that cures every mention of a
	// message.
	OneSetting bool
	// Readers tells that a mention reaches only people who read the chat anyway,
	// so that one is worth no more than an info.
	Readers bool
	Example string // a small payload that it accepts

	// What it answers.
	Read    func(webhook.Response) Reading // nil: by status alone
	Answers []Answer

	// How it answers, for a stand-in of it.
	Endpoint string                                    // path and query of a webhook's URL; empty: /
	Respond  func(*Call) webhook.Response              // nil: 200, or 400 for a body that it refuses
	Throttle func(wait time.Duration) webhook.Response // the answer to too many requests; nil: 429 with Retry-After

	compile sync.Once
	schema  *schema
	adopted sync.Once    // as a form
	whole   *Destination // that it is a form of; nil for none
}

// UnknownRule says what a destination does with fields that it does not know.
type UnknownRule string

// The ways to treat unknown fields.
const (
	UnknownIgnored  UnknownRule = "ignored"
	UnknownRefused  UnknownRule = "refused"
	UnknownUnsaid   UnknownRule = "undocumented"
	UnknownKept     UnknownRule = "kept"     // they are part of the message
	UnknownVanishes UnknownRule = "vanishes" // what they are in is not shown
)

// NullRule says what a destination does with null as the value of a member.
type NullRule string

// The ways to treat null.
const (
	// NullRefused is null as a value like any other, which the schema must allow.
	NullRefused NullRule = "refused"
	// NullTaken is null as if the member were not there, as it is for servers in
	// Go: a member that must be there is missing then.
	NullTaken NullRule = "taken"
)

// String returns the name, with that of the form: discord, or discord/slack.
func (d *Destination) String() string {
	if d.FormName == "" {
		return d.Name
	}
	return d.Name + "/" + d.FormName
}

// Called reports whether a name means the destination: its own name or an alias,
// in either case.
func (d *Destination) Called(name string) bool {
	return strings.EqualFold(name, d.Name) ||
		slices.ContainsFunc(d.Aliases, func(alias string) bool { return strings.EqualFold(name, alias) })
}

// Warning returns what must be said of a webhook at a URL: that the service
// after it ends, or has ended. It is empty when there is nothing to say.
func (d *Destination) Warning(rawURL string) string {
	if form := d.Form(rawURL); form != nil && form.Retired {
		return form.Note
	}
	return d.EndOfLife
}

// Starter returns the template with which to begin for a kind of event, or ""
// if there is none.
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

// Schema returns the JSON Schema of the payload, nil where any JSON or text will do.
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
