package config

import "github.com/hooktool/hooktool/pkg/source"

// RuleSetting is the configuration of one rule of validate.
type RuleSetting struct {
	Rule     string
	Severity string // error, warning, info or off
	Path     string // the configuration file
	Pos      source.Position
}

// PathRules are settings of rules for the files that a pattern matches. The pattern is
// relative to the folder of the configuration; * matches any part of a name, and ** any
// number of folders.
type PathRules struct {
	Pattern string
	Rules   []RuleSetting
}

// validate reads the rules of validate:
//
//	validate:
//	  rules:
//	    unused-variable: off
//	  paths:
//	    legacy/**:
//	      length-limit: off
func (r *reader) validate(file *File, n node) {
	r.object(n, "validate", func(_ node, key string, value node) bool {
		switch key {
		case "rules":
			file.Rules = append([]PathRules{{Pattern: "**", Rules: r.rules(value)}}, file.Rules...)
		case "paths":
			r.members(value, "paths", map[string]node{}, func(_ node, pattern string, rules node) {
				file.Rules = append(file.Rules, PathRules{Pattern: pattern, Rules: r.rules(rules)})
			})
		default:
			return false
		}
		return true
	}, []string{"rules", "paths"})
}

func (r *reader) rules(n node) []RuleSetting {
	var rules []RuleSetting
	r.members(n, "rules", map[string]node{}, func(at node, rule string, value node) {
		rules = append(rules, RuleSetting{Rule: rule, Severity: r.string(value, rule), Path: r.path, Pos: r.position(at)})
	})
	return rules
}
