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

// destination returns the system that the template is for.
func (p *pass) destination() *destination.Destination {
	if p.target.Destination == nil {
		found, err := p.template.Detect()
		if err != nil {
			found = catalog.Found{Destination: catalog.Generic()}
		}
		p.target = found
	}
	return p.target.Destination
}

// limited reports whether the destination has any limit of length.
func limited(d *destination.Destination) bool {
	return len(d.Limits) > 0 || slices.ContainsFunc(d.Visible, func(r destination.TextRule) bool { return r.Max > 0 })
}

// refusal is what a destination has against the body of some event, together
// with all other events of which it is the same.
type refusal struct {
	destination.Problem
	first   rendering
	where   at
	literal bool     // the template's own text is at fault
	grows   []string // the fields that make it too long
	benign  bool     // it also happens with harmless texts
	real    bool     // it happens with what Coroot sends every day
}

// refusals are made when first asked for.
type refusals struct {
	done bool
	all  []*refusal
}

// judged is a body with what its destination has against it.
type judged struct {
	body     []byte
	problems []destination.Problem
	broken   bool // it is not JSON, but ought to be
}

// checkPayloads holds every body against its destination. What is the same for
// several events is one refusal. A body that is not JSON where it must be is left
// to the rules about JSON.
func (p *pass) checkPayloads() []*refusal {
	if p.refused.done {
		return p.refused.all
	}
	p.refused.done = true
	target := p.destination()
	index := map[string]*refusal{}
	known := map[uint64]*judged{} // by the hash of the body: many events differ only in what is not printed
	seed := maphash.MakeSeed()
	for _, r := range p.render() {
		if r.failure != nil || r.blank() {
			continue
		}
		hash := maphash.Bytes(seed, r.body)
		body := known[hash]
		if body == nil || !bytes.Equal(body.body, r.body) {
			payload := target.Parse(r.body)
			body = &judged{r.body, p.target.Problems(payload), payload.Broken() != nil}
			known[hash] = body
		}
		for _, problem := range body.problems {
			if problem.Rule == destination.RuleShape && body.broken {
				continue
			}
			p.addRefusal(index, r, problem)
		}
	}
	return p.refused.all
}

// inUnset reports whether a place in a body is in the value of a custom field, or at
// its beginning, that a variable of the environment brings which is not set here:
// what it holds in production is not known.
func (p *pass) inUnset(body []byte, offset int) bool {
	if p.template.Unset == nil || offset < 0 || offset >= len(body) {
		return false
	}
	for _, value := range p.template.CustomFields {
		if !strings.Contains(value, "${") {
			continue
		}
		around := body[max(offset-len(value), 0):min(offset+len(value)+1, len(body))] // with the quote before it
		if bytes.Contains(around, []byte(value)) {
			return true
		}
	}
	return false
}

func (p *pass) addRefusal(index map[string]*refusal, r rendering, problem destination.Problem) {
	if problem.Rule == destination.RuleShape && !r.trial.mild && !r.trial.benign && r.trial.base == "" {
		return // an empty name, or bytes that are not UTF-8, are not what Coroot sends
	}
	if problem.Rule == destination.RuleShape && problem.Severity == destination.Info && r.trial.base != "" {
		return // what is a matter of looks is told of the base URL that there is
	}
	if problem.Rule == destination.RulePing && problem.Severity == destination.Info && !r.trial.mild {
		return // a mention that reaches only readers is worth a word where it is common
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

// site returns where data comes from: the action that prints it, or the call of
// the template when the action itself names no field, as in a template that only
// escapes its dot.
func site(text string, from webhook.Origin) webhook.Origin {
	if !from.Literal && from.CallEnd > 0 && !namesField().MatchString(text[from.Start:from.End]) {
		from.Start, from.End = from.CallStart, from.CallEnd
	}
	return from
}

var namesField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[.$][A-Za-z]`) })

// harmless tells fields that Coroot itself writes, as they are in generated
// events only: a URL or a status holds no markup.
func harmless(pipeline string) bool {
	return strings.HasSuffix(pipeline, ".URL") || strings.HasSuffix(pipeline, ".Status") || strings.HasSuffix(pipeline, ".Severity")
}

// withoutIndexes makes one path of those of all elements of a list.
func withoutIndexes(path string) string {
	if strings.IndexByte(path, '[') < 0 {
		return path
	}
	return jsonIndex().ReplaceAllString(path, "[]")
}

var jsonIndex = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[\d+\]`) })

// longest returns what has printed most of the value at an offset of the body.
func (p *pass) longest(r rendering, offset int, where at) at {
	end := valueEnd(r.body, offset)
	printed := map[at]int{}
	best := 0
	step := 1 + (end-offset)/1000 // a sample of the bytes is enough
	for i := offset; i < end; i += step {
		from := site(p.template.Text, r.origins.At(i))
		if from.Literal {
			continue
		}
		part := at{from.Start, from.End}
		if printed[part]++; printed[part] > best {
			best, where = printed[part], part
		}
	}
	return where
}

// valueEnd returns the end of the JSON value that begins at an offset, or of the
// body when it is not JSON.
func valueEnd(body []byte, offset int) int {
	var value json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(body[offset:])).Decode(&value); err != nil {
		return len(body)
	}
	return offset + len(value)
}

// refused reports the refusals of one rule of package destination that fit.
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
			f.Severity = Warning // it takes an unusual event
		default:
			f.Severity = Severity(refusal.Severity)
		}
	}
}

// overridden reports whether the user has set the severity of the rule.
func (p *pass) overridden() bool {
	_, ok := p.options.chosen(p.rule, p.template.Path)
	return ok
}
