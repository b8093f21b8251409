package destination

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/words"
)

// The members with which a schema words its own problems. They are in the schema object
// whose keyword fails.
const (
	wordProblem  = "x-problem"  // the message
	wordHint     = "x-hint"     // what to do
	wordSeverity = "x-severity" // the severity, if it is not an error
	wordEffect   = "x-effect"   // the effect, if it is not refused
	wordUnknown  = "x-unknown"  // what happens to members that it does not know, if that differs from elsewhere in the destination
	wordNull     = "x-null"     // what null does as the value of its members, if that differs from elsewhere
)

// vocabulary returns the allowed values of the members with which a schema words its
// problems; nil: anything.
func vocabulary(word string) []string {
	switch word {
	case wordSeverity:
		return []string{string(Error), string(Warning), string(Info)}
	case wordEffect:
		return []string{string(Refused), string(Cut), string(Split), string(Altered), string(Ignored), string(Vanishes), string(Pings), string(Taken), string(Unsaid)}
	case wordUnknown:
		return []string{string(UnknownIgnored), string(UnknownRefused), string(UnknownUnsaid), string(UnknownKept), string(UnknownVanishes)}
	case wordNull:
		return []string{string(NullRefused), string(NullTaken)}
	}
	return nil
}

// compileSchema compiles the schema on first use. It is nil if anything will do.
func (d *Destination) compileSchema() *schema {
	d.compile.Do(func() {
		text := d.Schema()
		if d.Plain || len(text) == 0 {
			return
		}
		compiled, err := parseSchema(text, d.Null)
		if err != nil {
			panic(fmt.Sprintf("the schema of %s: %v", d.Name, err)) // a test compiles every schema
		}
		d.schema = compiled
	})
	return d.schema
}

// checkSchema checks the payload against the schema.
func (d *Destination) checkSchema(p *Payload) {
	schema := d.compileSchema()
	if schema == nil {
		return
	}
	for _, f := range schema.faults(p.Root) {
		switch {
		case f.own.Get(wordEffect).Str() == string(Taken):
		case f.keyword == "additionalProperties":
			for _, name := range f.names {
				d.addUnknown(p, f.own, f.at, name)
			}
		case f.passed.Max > 0 || f.passed.Unit != "":
			p.add(d.passedLimit(f))
		default:
			if f.keyword == keywordRequired {
				f.message, f.hint = f.missing()
			}
			p.add(worded(f.own, ProblemAt(f.at, Error, Refused, f.message, f.hint)))
		}
	}
}

// passedLimit returns the problem of a length or a count beyond what the schema allows.
// It calls the value by its title.
func (d *Destination) passedLimit(f fault) Problem {
	limit := f.passed
	limit.Label, limit.Effect = "it", Refused
	if title := f.own.Get("title"); title != nil {
		limit.Label = title.Str()
	}
	if effect := f.own.Get(wordEffect); effect != nil {
		limit.Effect = Effect(effect.Str())
	}
	problem := d.tooMuch(limit, f.count, f.at, f.at.Start)
	if severity := f.own.Get(wordSeverity); severity != nil {
		problem.Severity = Severity(severity.Str())
	}
	return problem
}

// worded sets the words and the severity that the schema has for a problem.
func worded(own *Value, problem Problem) Problem {
	if message := own.Get(wordProblem); message != nil {
		problem.Message = message.Str()
	}
	if hint := own.Get(wordHint); hint != nil {
		problem.Hint = hint.Str()
	}
	if effect := own.Get(wordEffect); effect != nil {
		problem.Effect = Effect(effect.Str())
		problem.Severity = problem.Effect.severity()
	}
	if severity := own.Get(wordSeverity); severity != nil {
		problem.Severity = Severity(severity.Str())
	}
	return problem
}

// maxUnknown bounds how many unknown members are examined closely.
const maxUnknown = 200

// addUnknown adds the problem of an unknown member.
func (d *Destination) addUnknown(p *Payload, own *Value, at *Value, name string) {
	problem := Problem{
		Rule: RuleShape, Severity: Warning, Path: at.Path() + jsontree.Step(name), Offset: at.Start, Effect: Ignored,
		Message: fmt.Sprintf("%s does not know the field %q here and ignores it", d.Title, name),
	}
	rule := d.Unknown
	if said := own.Get(wordUnknown); said != nil {
		rule = UnknownRule(said.Str())
	}
	switch rule {
	case UnknownKept:
		return
	case UnknownRefused:
		problem.Severity, problem.Effect = Error, Refused
		problem.Message = fmt.Sprintf("%s does not know the field %q here and refuses the message", d.Title, name)
	case UnknownVanishes:
		problem.Effect = Vanishes
		problem.Message = fmt.Sprintf("%s does not know the field %q here and does not show the part it is in", d.Title, name)
	case UnknownUnsaid:
		problem.Effect = Unsaid
		problem.Message = fmt.Sprintf("%s documents no field %q here", d.Title, name)
	}
	if p.unknown++; p.unknown > maxUnknown {
		p.add(problem) // it is only counted
		return
	}
	for _, member := range at.Members {
		if member.Key == name {
			problem.Offset = member.KeyStart
		}
	}
	if message := own.Get(wordProblem); message != nil {
		problem.Message = message.Str()
	}
	if hint := own.Get(wordHint); hint != nil {
		problem.Hint = hint.Str()
		p.add(problem)
		return
	}
	var known []string
	if properties := own.Get("properties"); properties != nil {
		for _, property := range properties.Members {
			known = append(known, property.Key)
		}
	}
	slices.Sort(known)
	if nearest := words.Nearest(name, known); nearest != "" {
		problem.Hint = words.DidYouMean(strconv.Quote(nearest))
	} else if len(known) > 0 {
		problem.Hint = "the fields are " + strings.Join(onceEach(known), ", ")
	}
	p.add(problem)
}

// alternatives words a choice: one of several members is required.
func alternatives(at *Value, causes []fault) string {
	var names []string
	for _, cause := range causes {
		if cause.keyword == keywordRequired && cause.at == at {
			names = append(names, words.And(words.Quote(cause.names)))
		}
	}
	if len(names) == 0 {
		return "it has none of the shapes that are allowed here"
	}
	return "one of " + strings.Join(names, ", ") + " is required"
}

func kindNames(names []string) string {
	kinds := make([]string, len(names))
	for i, name := range names {
		kinds[i] = withArticle(name)
	}
	return words.Or(kinds)
}

func withArticle(name string) string {
	if name == "null" {
		return name
	}
	return words.WithArticle(name)
}

// literal shows a value that a schema demands or a payload has, unless it is long.
func literal(v *Value) string {
	const longest = 80
	if v.Is(String) {
		return quoteShort(v.Text)
	}
	if v.End-v.Start > longest {
		return "that"
	}
	text, err := json.Marshal(v.Plain())
	if err != nil {
		return "that"
	}
	return string(text)
}

// onceEach leaves out names that are only another spelling of an earlier one, such as
// card_id after cardId.
func onceEach(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		plain := strings.ToLower(strings.ReplaceAll(name, "_", ""))
		again := seen[plain]
		seen[plain] = true
		return again
	})
}
