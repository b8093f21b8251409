package describe

import (
	"encoding/json"

	"github.com/hooktool/hooktool/pkg/destination"
)

// destinationJSON is a destination for machines.
type destinationJSON struct {
	Name          string          `json:"name"`
	Title         string          `json:"title"`
	Aliases       []string        `json:"aliases"`
	Summary       string          `json:"summary"`
	Docs          string          `json:"docs"`
	Notice        string          `json:"notice,omitempty"`
	EndOfLife     string          `json:"end_of_life,omitempty"`
	Form          string          `json:"form,omitempty"` // which of the forms this is; empty: the ordinary one
	Forms         []string        `json:"forms"`          // those that accept another payload
	URLs          []urlFormJSON   `json:"urls"`
	SecretMembers []string        `json:"secret_members"`
	SecretHeaders []string        `json:"secret_headers"`
	Plain         bool            `json:"plain"`
	UnknownFields string          `json:"unknown_fields"`
	Rules         []string        `json:"rules"`
	Limits        []limitJSON     `json:"limits"`
	Texts         []textRuleJSON  `json:"texts"`
	Answers       []answerJSON    `json:"answers"`
	Example       string          `json:"example"`
	Schema        json.RawMessage `json:"schema,omitempty"`
}

type urlFormJSON struct {
	Example string `json:"example"`
	Pattern string `json:"pattern"`
	AnyHost bool   `json:"any_host"`
	Retired bool   `json:"retired"`
	Note    string `json:"note,omitempty"`
	Form    string `json:"form,omitempty"` // what it accepts; empty: the ordinary payload
}

type limitJSON struct {
	Path   string   `json:"path"`
	Label  string   `json:"label"`
	Max    int      `json:"max"`
	Unit   string   `json:"unit"`
	Effect string   `json:"effect"`
	SumOf  []string `json:"sum_of,omitempty"`
	Note   string   `json:"note,omitempty"`
}

type textRuleJSON struct {
	Path    string `json:"path"`
	Label   string `json:"label"`
	Dialect string `json:"dialect"`
	Depends bool   `json:"depends_on_payload"`
	Limit   int    `json:"limit,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Effect  string `json:"effect,omitempty"`
}

type answerJSON struct {
	Status  int    `json:"status,omitempty"`
	Says    string `json:"says,omitempty"`
	Outcome string `json:"outcome"`
	Meaning string `json:"meaning,omitempty"`
	Hint    string `json:"hint,omitempty"`
}

// DestinationsJSON is what hooktool destinations --format json prints.
func DestinationsJSON(list ...*destination.Destination) any {
	all := make([]destinationJSON, 0, len(list))
	for _, d := range list {
		all = append(all, describeDestination(d))
	}
	return map[string]any{"version": 1, "destinations": all}
}

func describeDestination(d *destination.Destination) destinationJSON {
	j := destinationJSON{
		Name: d.Name, Form: d.FormName, Forms: []string{}, Title: d.Title, Aliases: notNil(d.Aliases), Summary: d.Summary, Docs: d.Docs, Notice: d.Notice, EndOfLife: d.EndOfLife,
		URLs: []urlFormJSON{}, SecretMembers: notNil(d.SecretMembers), SecretHeaders: notNil(d.SecretHeaders), Plain: d.Plain,
		UnknownFields: string(d.Unknown), Rules: notNil(d.Rules), Limits: []limitJSON{}, Texts: []textRuleJSON{}, Answers: []answerJSON{}, Example: d.Example,
	}
	if !d.Plain {
		j.Schema = d.Schema()
	}
	for _, form := range d.URLs {
		takes := ""
		if form.Takes != nil {
			takes = form.Takes.FormName
		}
		j.URLs = append(j.URLs, urlFormJSON{d.Secrets(form.Example).URL, form.Pattern, form.AnyHost, form.Retired, form.Note, takes})
	}
	for _, form := range d.Forms() {
		j.Forms = append(j.Forms, form.FormName)
	}
	for _, l := range d.Limits {
		j.Limits = append(j.Limits, limitJSON{l.Path, l.Label, l.Max, string(l.Unit), string(l.Effect), l.SumOf, l.Note})
	}
	for _, r := range d.Visible {
		j.Texts = append(j.Texts, textRuleJSON{r.Path, r.Label, string(r.Dialect), r.By != nil, r.Max, string(r.Unit), string(r.Effect)})
	}
	for _, a := range d.Answers {
		j.Answers = append(j.Answers, answerJSON{a.Status, a.Says, string(a.Outcome), a.Meaning, a.Hint})
	}
	return j
}

// notNil replaces a nil list, which would be null in JSON, with an empty one.
func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
