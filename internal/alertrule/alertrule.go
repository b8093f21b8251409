// Package alertrule knows how Coroot treats the templates of its alerting rules (since
// 1.18.0): what they can use, whether they are executed, and what they print.
//
// The source is Coroot's public code (commit 370a33f, v1.24.5). The templates are Go's,
// with only the builtin functions. summary is executed for PromQL rules, description
// for those and for checks. A template that cannot be parsed or executed is sent
// unchanged.
package alertrule

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// The types of a rule's source.
const (
	Check            = "check"
	PromQL           = "promql"
	LogPatterns      = "log_patterns"
	KubernetesEvents = "kubernetes_events"
)

// SourceTypes lists the types of a rule's source.
func SourceTypes() []string { return []string{Check, PromQL, LogPatterns, KubernetesEvents} }

// SourceOf returns the type of a rule's source: its own, or that of the built-in rule
// that it overrides; empty if neither is known.
func SourceOf(rule config.AlertRule) string {
	switch {
	case rule.SourceType != "":
		return rule.SourceType
	case rule.ID == "new-log-patterns":
		return LogPatterns
	case rule.ID == "kubernetes-events":
		return KubernetesEvents
	case slices.Contains(Builtin(), rule.ID):
		return Check
	}
	return ""
}

// Builtin lists the ids of Coroot's built-in rules.
func Builtin() []string {
	return strings.Fields(`storage-space storage-io-load memory-oom memory-pressure memory-leak cpu-limit
		instance-availability instance-restarts network-connectivity network-rtt network-rtt-external network-rtt-other-clusters network-tcp-connections
		dns-latency dns-server-errors dns-nxdomain-errors
		postgres-availability postgres-replication-lag postgres-latency postgres-connections postgres-checkpoints postgres-wal-archiving
		postgres-wraparound postgres-bloat postgres-autovacuum postgres-stale-statistics postgres-backups
		mysql-availability mysql-replication-lag mysql-replication-status mysql-connections mysql-connection-errors mysql-galera-replication
		mysql-group-replication mysql-latency mysql-backups
		redis-availability redis-latency memcached-availability
		mongodb-availability mongodb-replication-lag mongodb-latency mongodb-oplog-window mongodb-connections mongodb-saturation mongodb-fragmentation mongodb-backups
		jvm-availability jvm-safepoint-time dotnet-availability python-gil-waiting-time nodejs-event-loop-blocked-time
		new-log-patterns kubernetes-events`)
}

// Part is one of a rule's templates.
type Part string

// The templates of a rule.
const (
	Summary     Part = "summary"
	Description Part = "description"
)

// Executed reports whether Coroot executes a template of a rule with this type of
// source.
func Executed(source string, part Part) bool {
	return source == PromQL || source == Check && part == Description
}

// Used reports whether a template has any effect on an alert.
func Used(source string, part Part) bool { return part == Description || source == PromQL }

// CheckKeys lists the keys that a template can use for a check.
func CheckKeys() []string {
	return []string{"app", "namespace", "check_title", "check_message", "check_value"}
}

// Sample describes what an alert is made from.
type Sample struct {
	Labels map[string]string // of the series, for PromQL
	Value  float32           // the result of the query
	Base   event.Alert       // the rest of the alert
}

// Data returns the data that the templates are executed with.
func Data(source string, s Sample) map[string]any {
	if source == Check {
		return map[string]any{
			"app": s.Base.Application.Name, "namespace": s.Base.Application.Namespace,
			"check_title": s.Base.RuleName, "check_message": s.Base.Summary, "check_value": strconv.FormatFloat(float64(s.Value), 'g', -1, 32),
		}
	}
	data := map[string]any{"value": s.Value, "labels": s.Labels}
	for name, value := range s.Labels {
		data[name] = value
	}
	return data
}

// Execute returns what Coroot makes of a template. If it cannot be parsed or executed,
// that is its own text, and the error gives the reason.
func Execute(text string, data map[string]any) (string, error) {
	tmpl, err := template.New("").Parse(text)
	if err != nil {
		return text, err
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, data); err != nil {
		return text, err
	}
	return b.String(), nil
}

// Alert returns an alert as a rule would make it.
func Alert(rule config.AlertRule, s Sample) event.Alert {
	source := SourceOf(rule)
	alert := s.Base
	alert.Details = nil
	if rule.Name != "" {
		alert.RuleName = rule.Name
	}
	severity := rule.Severity
	if severity == "" {
		severity = "warning"
	}
	alert.Severity, alert.Status = severity, strings.ToUpper(severity)
	data := Data(source, s)
	run := func(part Part, t *config.Template) string {
		if t == nil || !Executed(source, part) {
			return textOf(t)
		}
		text, _ := Execute(t.Text, data)
		return text
	}
	if rule.Summary != nil && Used(source, Summary) {
		alert.Summary = run(Summary, rule.Summary)
	}
	if text := run(Description, rule.Description); text != "" {
		alert.Details = append(alert.Details, event.Detail{Name: "Description", Value: text})
	}
	if source == PromQL && len(s.Labels) > 0 {
		alert.Details = append(alert.Details, event.Detail{Name: "Labels", Value: labelLines(s.Labels), Code: true})
	}
	return alert
}

func textOf(t *config.Template) string {
	if t == nil {
		return ""
	}
	return t.Text
}

func labelLines(labels map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		lines = append(lines, fmt.Sprintf("%s=%q", name, labels[name]))
	}
	return strings.Join(lines, "\n")
}

// aggregation matches a query that is a single aggregation, optionally compared with a
// number.
var aggregation = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^\s*(?:sum|min|max|avg|count|stddev|stdvar|group)\s*(?:by\s*\(([^()]*)\)\s*)?\((.*?)\)\s*(?:by\s*\(([^()]*)\)\s*)?(?:(?:[<>]=?|[!=]=)\s*(?:bool\s+)?[-+0-9.eE]+\s*)?$`)
})

// Labels returns the labels that a query leaves, if they are known, as for a single
// aggregation.
func Labels(query string) (labels []string, known bool) {
	match := aggregation().FindStringSubmatch(query)
	if match == nil || !balanced(match[2]) {
		return nil, false
	}
	for _, name := range strings.Split(match[1]+","+match[3], ",") {
		if name = strings.TrimSpace(name); name != "" {
			labels = append(labels, name)
		}
	}
	return labels, true
}

// balanced reports whether every closing bracket in a text has an opening one before
// it.
func balanced(text string) bool {
	depth := 0
	for _, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// IDs lists the ids of the rules in projects.
func IDs(projects []config.Project) []string {
	var ids []string
	for _, p := range projects {
		for _, rule := range p.AlertRules {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// Find returns the rule with an id.
func Find(projects []config.Project, id string) (config.AlertRule, bool) {
	for _, p := range projects {
		for _, rule := range p.AlertRules {
			if rule.ID == id {
				return rule, true
			}
		}
	}
	return config.AlertRule{}, false
}
