package foreign

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// meanings lists other tools' words for the data in Coroot's events, with the fields
// that hold it; the first one that the kind has applies.
func meanings() []meaning {
	return []meaning{
		{"status state alertstate newstate", "Status"},
		{"severity level priority urgency", "Severity Status"},
		{"msg message text summary description body content details annotation annotations commonannotations groupannotations reason output error info", "Summary RCASummary Version"},
		{"title subject name alertname alert_name rulename rule alert trigger headline check", "RuleName Application.Name"},
		{"url link href dashboard dashboardurl generatorurl externalurl panelurl ruleurl runbook runbookurl silenceurl", "URL"},
		{"app application service servicename instance host hostname job pod container workload target component deployment resource", "Application.Name"},
		{"namespace ns", "Application.Namespace"},
		{"cluster clustername", "Application.ClusterId"},
		{"project tenant environment", "ProjectName"},
		{"version release tag image build commit", "Version"},
		{"duration elapsed", "Duration"},
		{"labels commonlabels grouplabels tags alerts reports items list events entries", "Details Reports Summary"},
		{"resolvedby user author acknowledgedby", "ResolvedBy"},
	}
}

type meaning struct{ words, fields string }

// FieldFor returns the field of a kind, with its dot, that a word of another tool
// means, or whose name equals the word apart from case; empty if there is none.
func FieldFor(kind event.Kind, word string) string {
	plain := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(word))
	for _, field := range event.Fields(kind) {
		if strings.ToLower(field.Name) == plain || strings.ReplaceAll(field.JSON, "_", "") == plain {
			return "." + field.Name
		}
	}
	for _, m := range meanings() {
		for known := range strings.FieldsSeq(m.words) {
			if known != plain {
				continue
			}
			for path := range strings.FieldsSeq(m.fields) {
				if has(kind, path) {
					return "." + path
				}
			}
		}
	}
	return ""
}

// Field says what to write instead of a field in the events or template data of other
// tools. dot is what a field of the event begins with at that place. The result is
// empty if no known tool has the field.
func Field(kind event.Kind, name, dot string) string {
	if IsEvents(name) {
		return "Coroot sends one event at a time, with its fields directly in the dot: {{ json " + dot + SomeField(kind) + " }}"
	}
	switch name {
	case "Labels", "CommonLabels", "GroupLabels", "ExternalLabels":
		advice := strings.Replace(Variable(kind, "$"+name), "$"+name, "."+name, 1)
		return strings.ReplaceAll(strings.ReplaceAll(advice, " .Details", " "+dot+".Details"), " .Application", " "+dot+".Application")
	case "StartsAt", "EndsAt", "StartTime", "EndTime", "Time", "Timestamp", "Date", "Now", "CreatedAt", "OpenedAt", "ResolvedAt":
		return "Coroot sends no time: receivers know when a message arrived"
	case "Values", "Chart", "Release", "Capabilities", "Files":
		return "." + name + " belongs to Helm; a Coroot template has only the event and the webhook's custom fields"
	case "Receiver", "Fingerprint", "GroupKey", "TruncatedAlerts", "OrgId", "DashboardURL", "PanelURL", "SilenceURL", "ImageURL", "ValueString":
		return "." + name + " belongs to Alertmanager and Grafana; a Coroot event has no such field, but it has a link: " + dot + ".URL"
	}
	if field := FieldFor(kind, name); field != "" && field != "."+name {
		return "what is ." + name + " elsewhere is " + dot + field + " here"
	}
	return ""
}

// IsList reports whether a field, with its dot, is a list.
func IsList(kind event.Kind, path string) bool {
	for _, field := range event.Fields(kind) {
		if "."+field.Name == path {
			return strings.HasPrefix(field.Type, "list of ")
		}
	}
	return false
}

func has(kind event.Kind, path string) bool {
	name, _, _ := strings.Cut(path, ".")
	for _, field := range event.Fields(kind) {
		if field.Name == name {
			return true
		}
	}
	return false
}

// SomeField returns a field of a kind that holds text, for an example.
func SomeField(kind event.Kind) string {
	for _, name := range []string{"Summary", "Application.Name", "Status"} {
		if has(kind, name) && !IsList(kind, "."+name) {
			return "." + name
		}
	}
	return ".Status"
}

// SomeList returns a field of a kind that is a list, for an example.
func SomeList(kind event.Kind) string {
	for _, field := range event.Fields(kind) {
		if strings.HasPrefix(field.Type, "list of ") {
			return "." + field.Name
		}
	}
	return ".List"
}

// Variable says what to write instead of a variable of another tool, such as
// Prometheus' $labels. It is empty if no known tool has the variable.
func Variable(kind event.Kind, name string) string {
	word := strings.TrimPrefix(name, "$")
	switch strings.ToLower(word) {
	case "labels", "externallabels", "commonlabels", "grouplabels":
		if kind == event.KindAlert {
			return name + ` belongs to Prometheus; a Coroot alert has .Details with the name Labels: {{ range .Details }}{{ if eq .Name "Labels" }}{{ .Value }}{{ end }}{{ end }}`
		}
		return name + " belongs to Prometheus; " + describe(kind) + " has no labels, but has .Application.Name and .Application.Namespace"
	case "value", "values":
		if kind == event.KindAlert {
			return name + " belongs to Prometheus and Grafana; a Coroot alert has its value in .Summary"
		}
		return name + " belongs to Prometheus and Grafana; " + describe(kind) + " has no such value"
	case "annotations", "commonannotations", "groupannotations":
		return name + " belongs to Prometheus; what " + describe(kind) + " has to say is in " + FieldFor(kind, "message")
	case "alert", "event", "incident", "root", "this", "item", "data":
		return "the event is the dot: " + SomeField(kind) + "; inside range and with it is $: $" + SomeField(kind)
	}
	return ""
}

func describe(kind event.Kind) string {
	if kind == event.KindDeployment {
		return "a Coroot deployment"
	}
	return "a Coroot incident"
}

// IsEvents reports whether a field is another tool's list of events, or one of them.
func IsEvents(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".Firing"), ".Resolved")
	switch name {
	case "Alerts", "Alert", "Events", "Incidents", "alerts":
		return true
	}
	return false
}

// IsEvent reports whether a word is another tool's name for the whole event.
func IsEvent(word string) bool {
	switch strings.ToLower(word) {
	case "alert", "event", "incident", "deployment", "data", "payload", "this", "self", "item", "root", "ctx", "context", "it", "body":
		return true
	}
	return false
}

// Status returns the value of a field that another tool's word for a state means, or ""
// if the word is not known.
func Status(word string, values []string) string {
	var well, ill []string
	for _, value := range values {
		switch strings.ToUpper(value) {
		case "OK", "DEPLOYED":
			well = append(well, strconv.Quote(value))
		case "CRITICAL", "WARNING", "STUCK":
			ill = append(ill, strconv.Quote(value))
		}
	}
	slices.Sort(ill)
	switch strings.ToLower(word) {
	case "firing", "alerting", "active", "triggered", "problem", "down", "open", "opened", "failed", "failure", "error", "triggering", "alert", "high", "nodata", "pending":
		if len(ill) > 0 && len(well) > 0 {
			return "what other tools call " + strconv.Quote(word) + " is " + words.Or(ill) + " here, or anything but " + well[0]
		}
	case "resolved", "normal", "inactive", "closed", "recovered", "recovery", "up", "success", "succeeded", "healthy", "fixed":
		if len(well) > 0 {
			return "what other tools call " + strconv.Quote(word) + " is " + well[0] + " here"
		}
	}
	return ""
}
