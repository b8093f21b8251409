package lint

import (
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// Rule describes one kind of mistake.
type Rule struct {
	ID       string          // in kebab case; never changes
	Severity Severity        // the default
	Summary  string          // one line in lower case, without a period
	Why      string          // why it matters and what to do: Markdown paragraphs
	Bad      Example         // breaks the rule
	Good     Example         // does the same without breaking it
	check    func(*pass)     // checks a template
	settings func(*settings) // checks the settings of a webhook; may be nil
	project  func(*settings) // checks a Coroot project; may be nil
}

// Example is a template or the definition of a webhook.
type Example struct {
	Kind          event.Kind
	Destination   string // as in Template
	CorootVersion string // as in Options
	CustomFields  []string
	Text          string
	Webhook       bool     // Text is a webhook's definition in YAML, as in .hooktool.yaml
	Events        string   // past events, one per line
	At            []string // where the rule reports a finding, as line:column
}

// Rules returns all rules ordered by subject: syntax, types, logic, JSON, destination,
// security, configuration, and the rules about rules.
func Rules() []Rule { return slices.Clone(allRules()) }

var allRules = sync.OnceValue(func() []Rule {
	return []Rule{
		parseError(), undefinedTemplate(), endlessRecursion(), unknownFunction(),
		unknownField(), badCall(), badOperand(), badComparison(), undeclaredAssignment(), printfFormat(), variableTypeChange(),
		indexOutOfRange(), impossibleComparison(), deadBranchRule(), unhandledStatus(), shadowedAssignment(), unusedVariable(), unusedTemplate(), missingValue(), emptyOutput(), goSyntax(), foreignSyntax(), escapedTemplate(),
		jsonStructure(), jsonUnescaped(), jsonUnquoted(), jsonInQuotes(), jsonWrongEscaper(), jsonControlCharacter(), jsonSeparator(),
		jsonDuplicateKey(), jsonMixed(), jsonUnproved(), notJSON(), pastMessageRule(),
		payloadShape(), lengthLimit(), markupError(), markupInjection(), ping(),
		secret(), insecureTransport(), configExpansion(), customFieldName(), webhookSettings(), routing(), alertRuleTemplate(), alertRuleSettings(), corootVersion(),
		unusedIgnore(),
	}
})

// ByID returns the rule with an ID.
func ByID(id string) (Rule, bool) {
	for _, rule := range allRules() {
		if rule.ID == id {
			return rule, true
		}
	}
	return Rule{}, false
}

// IDs returns the IDs of all rules in the order of Rules.
func IDs() []string {
	var ids []string
	for _, rule := range allRules() {
		ids = append(ids, rule.ID)
	}
	return ids
}
