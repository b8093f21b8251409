package lint

import (
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// Rule is one thing that can be wrong.
type Rule struct {
	ID       string          // in kebab-case; it never changes
	Severity Severity        // unless options say otherwise
	Summary  string          // one line, lower case, without a full stop
	Why      string          // why it matters and what to do: paragraphs of Markdown
	Bad      Example         // breaks the rule
	Good     Example         // does the same and does not
	check    func(*pass)     // looks at a template
	settings func(*settings) // looks at the settings of a webhook; may be nil
	project  func(*settings) // looks at one of Coroot's projects; may be nil
}

// Example is a template, or the definition of a webhook.
type Example struct {
	Kind          event.Kind
	Destination   string // as in Template
	CorootVersion string // as in Options
	CustomFields  []string
	Text          string
	Webhook       bool     // Text is a webhook's definition in YAML, as in .hooktool.yaml
	Events        string   // of the past, one a line
	At            []string // where the rule fires, as line:column
}

// Rules returns all rules in the order of their subject: syntax, types, logic,
// JSON, destination, security, configuration, and the rules about rules.
func Rules() []Rule { return slices.Clone(allRules()) }

var allRules = sync.OnceValue(func() []Rule {
	return []Rule{
		parseError(), undefinedTemplate(), endlessRecursion(), unknownFunction(),
		unknownField(), badCall(), badOperand(), badComparison(), undeclaredAssignment(), printfFormat(), variableTypeChange(),
		indexOutOfRange(), impossibleComparison(), deadBranchRule(), unhandledStatus(), shadowedAssignment(), unusedVariable(), unusedTemplate(), emptyOutput(), goSyntax(), foreignSyntax(), escapedTemplate(),
		jsonStructure(), jsonUnescaped(), jsonUnquoted(), jsonInQuotes(), jsonWrongEscaper(), jsonControlCharacter(), jsonSeparator(),
		jsonDuplicateKey(), jsonMixed(), jsonUnproved(), notJSON(), pastMessageRule(),
		payloadShape(), lengthLimit(), markupError(), markupInjection(), ping(),
		secret(), insecureTransport(), configExpansion(), customFieldName(), webhookSettings(), routing(), alertRuleTemplate(), alertRuleSettings(), corootVersion(),
		unusedIgnore(),
	}
})

// ByID returns the rule of an id.
func ByID(id string) (Rule, bool) {
	for _, rule := range allRules() {
		if rule.ID == id {
			return rule, true
		}
	}
	return Rule{}, false
}

// IDs returns the ids of all rules in the order of Rules.
func IDs() []string {
	var ids []string
	for _, rule := range allRules() {
		ids = append(ids, rule.ID)
	}
	return ids
}
