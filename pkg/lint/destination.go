package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// destination returns the system that the template is written for.
func (p *pass) destination() *destination.Destination {
	if p.target.Destination == nil {
		found, err := p.template.DetectParsed(p.parse().template)
		if err != nil {
			found = catalog.Found{Destination: catalog.Generic()}
		}
		p.target = found
	}
	return p.target.Destination
}

// limited reports whether the destination has any length limit.
func limited(d *destination.Destination) bool {
	return len(d.Limits) > 0 || slices.ContainsFunc(d.Visible, func(r destination.TextRule) bool { return r.Max > 0 })
}

// refusal is a destination's objection to the body of some event. One refusal covers
// all events with the same objection.
type refusal struct {
	destination.Problem
	first   rendering
	where   at
	literal bool     // the template's own text is at fault
	grows   []string // the fields that make it too long
	benign  bool     // it also happens with harmless text
	real    bool     // it happens with events that Coroot sends every day
}

// refusals are computed on first use.
type refusals struct {
	done bool
	all  []*refusal
}

// judged is what is known about a body, whatever printed it.
type judged struct {
	body     []byte
	problems []destination.Problem // the destination's objections
	broken   bool                  // it should be JSON but is not
	blank    *at                   // where the first key of a text for people is, if all those texts are blank
}

// bodies are those that were judged, by their hashes: many events differ only in what is
// not printed.
type bodies struct {
	seed  maphash.Seed
	known map[uint64]*judged
}

// judge reads a body as its destination does.
func (p *pass) judge(body []byte) *judged {
	if p.bodies.known == nil {
		p.bodies = bodies{maphash.MakeSeed(), map[uint64]*judged{}}
	}
	hash := maphash.Bytes(p.bodies.seed, body)
	if known := p.bodies.known[hash]; known != nil && bytes.Equal(known.body, body) {
		return known
	}
	payload := p.destination().Parse(body)
	judged := &judged{body: body, broken: payload.Broken() != nil}
	if !judged.broken {
		judged.blank = blankText(payload.Root)
	}
	if payload.Fault == nil { // else nothing more can be said of it
		judged.problems = p.target.Problems(payload)
	}
	p.bodies.known[hash] = judged
	return judged
}

// checkPayloads checks every body against its destination. Identical objections for
// several events are one refusal. Bodies that must be JSON but are not are left to the
// JSON rules.
func (p *pass) checkPayloads() []*refusal {
	if p.refused.done {
		return p.refused.all
	}
	p.refused.done = true
	index := map[string]*refusal{}
	for _, r := range p.render() {
		if r.failure != nil || r.blank() {
			continue
		}
		body := p.judge(r.body)
		for _, problem := range body.problems {
			if problem.Rule == destination.RuleShape && body.broken {
				continue
			}
			p.addRefusal(index, r, problem)
		}
	}
	return p.refused.all
}

// inUnset reports whether a position in a body is in or at the start of a custom
// field's value that comes from an environment variable not set here. Its value in
// production is unknown.
func (p *pass) inUnset(body []byte, offset int) bool {
	if p.template.Unset == nil || offset < 0 || offset >= len(body) {
		return false
	}
	for _, value := range p.template.CustomFields {
		if !strings.Contains(value, "${") {
			continue
		}
		around := body[max(offset-len(value), 0):min(offset+len(value)+1, len(body))] // with the preceding quote
		if bytes.Contains(around, []byte(value)) {
			return true
		}
	}
	return false
}

func (p *pass) addRefusal(index map[string]*refusal, r rendering, problem destination.Problem) {
	if problem.Rule == destination.RuleShape && !r.trial.mild && !r.trial.benign && r.trial.base == "" {
		return // Coroot sends neither empty names nor bytes that are not UTF-8
	}
	if problem.Rule == destination.RuleShape && problem.Severity == destination.Info && r.trial.base != "" {
		return // cosmetic problems are reported only for the actual base URL
	}
	if problem.Rule == destination.RulePing && problem.Severity == destination.Info && !r.trial.mild {
		return // a mention that notifies only readers is worth reporting only if it is common
	}
	if p.inUnset(r.body, problem.Offset) {
		return
	}
	from := site(p.template.Text, r.origins.At(problem.Offset))
	if !from.Literal && problem.Rule != destination.RuleShape && harmless(p.template.Text[from.Start:from.End]) {
		return
	}
	where := at{from.Start, from.End}
	key := problem.Rule + " " + withoutIndexes(problem.Path)
	if problem.Rule != destination.RuleLength {
		key += fmt.Sprint(where)
	}
	known := index[key]
	if known == nil {
		if problem.Rule == destination.RuleLength {
			where = p.longest(r, problem.Offset, where)
		}
		known = &refusal{Problem: problem, first: r, where: where, literal: from.Literal}
		if r.trial.base != "" {
			known.Message += ", if Coroot's base URL is like " + r.trial.base
		}
		index[key] = known
		p.refused.all = append(p.refused.all, known)
	}
	known.benign = known.benign || r.trial.benign && r.trial.grows == ""
	known.real = known.real || r.trial.mild || r.trial.benign && r.trial.grows == ""
	if problem.Rule == destination.RuleLength && r.trial.grows != "" && !slices.Contains(known.grows, r.trial.grows) {
		known.grows = append(known.grows, r.trial.grows)
	}
}

// site returns where data comes from: the action that prints it, or the template call
// if the action itself names no field, as in a template that only escapes its dot.
func site(text string, from webhook.Origin) webhook.Origin {
	if !from.Literal && from.CallEnd > 0 && !namesField(text[from.Start:from.End]) {
		from.Start, from.End = from.CallStart, from.CallEnd
	}
	return from
}

// namesField reports whether an action names a field or a variable.
func namesField(action string) bool {
	for i := range len(action) - 1 {
		if first := action[i+1] | ' '; (action[i] == '.' || action[i] == '$') && 'a' <= first && first <= 'z' {
			return true
		}
	}
	return false
}

// harmless reports whether a pipeline prints a field whose value Coroot itself writes.
// A real URL or status contains no markup; only generated events put some there.
func harmless(pipeline string) bool {
	return strings.HasSuffix(pipeline, ".URL") || strings.HasSuffix(pipeline, ".Status") || strings.HasSuffix(pipeline, ".Severity")
}

// withoutIndexes maps the paths of all elements of a list to one path.
func withoutIndexes(path string) string {
	if strings.IndexByte(path, '[') < 0 {
		return path
	}
	return jsonIndex().ReplaceAllString(path, "[]")
}

var jsonIndex = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[\d+\]`) })

// longest returns the action that printed most of the value at an offset of the body.
func (p *pass) longest(r rendering, offset int, where at) at {
	end := valueEnd(r.body, offset)
	printed := map[at]int{}
	best := 0
	step := 1 + (end-offset)/1000 // sampling the bytes is enough
	for i := offset; i < end; {
		origin, samples := r.origins.At(i), 0
		for ; i < end && r.origins.At(i) == origin; i += step {
			samples++
		}
		from := site(p.template.Text, origin)
		if from.Literal {
			continue
		}
		part := at{from.Start, from.End}
		if printed[part] += samples; printed[part] > best {
			best, where = printed[part], part
		}
	}
	return where
}

// valueEnd returns the end of the JSON value that starts at an offset, or the end of
// the body if it is not JSON.
func valueEnd(body []byte, offset int) int {
	if text := body[offset:]; len(text) > 0 && text[0] == '"' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return offset + i + 1
			}
		}
		return len(body)
	}
	var value json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(body[offset:])).Decode(&value); err != nil {
		return len(body)
	}
	return offset + len(value)
}

// reportRefusals reports the refusals of one rule of package destination that match
// fits.
func (p *pass) reportRefusals(rule string, fits func(*refusal) bool) {
	for _, refusal := range p.checkPayloads() {
		if refusal.Rule != rule || !fits(refusal) {
			continue
		}
		message := refusal.Message
		if len(refusal.grows) > 0 {
			message += "; this can get that long: " + words.And(refusal.grows)
		}
		f := p.report(refusal.where, message, refusal.Hint)
		f.Evidence = refusal.first.evidence(refusal.Offset, "")
		switch {
		case p.overridden():
		case refusal.real:
			f.Severity = Severity(refusal.Severity)
		case Severity(refusal.Severity) == Error:
			f.Severity = Warning // only an unusual event triggers it
		default:
			f.Severity = Severity(refusal.Severity)
		}
	}
}

// overridden reports whether the user set the severity of the rule.
func (p *pass) overridden() bool {
	_, ok := p.options.chosen(p.rule, p.template.Path)
	return ok
}
