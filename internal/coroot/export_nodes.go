package coroot

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// mapping makes a mapping of keys, each followed by its value.
func mapping(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		value, _ := pairs[i+1].(*yaml.Node)
		n.Content = append(n.Content, text(key), value)
	}
	return n
}

func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

// text makes a scalar. One with a variable is quoted, because the variable's value is
// unknown.
func text(value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	switch {
	case strings.Contains(value, "${"):
		n.Style = yaml.SingleQuotedStyle
	case oldScalar().MatchString(value):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// oldScalar matches texts that are booleans and numbers to parsers of YAML 1.1, such as
// those of kubectl and Helm.
var oldScalar = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?i:y|yes|n|no|on|off)|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|=)$`)
})

func quoted(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle}
}

func truth(value bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(value)}
}
