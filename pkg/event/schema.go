package event

import "reflect"

// Field describes one field of the data that a template sees. The schema is
// data so that help, documentation, type checks and analysers share one truth.
type Field struct {
	Name     string   // the name in a template, such as RuleName
	JSON     string   // the name in JSON, such as rule_name
	Type     string   // string, bool, ApplicationID, ApplicationKind, or "list of " and one of these or a struct's name
	Since    string   // the first Coroot version that has the field
	Optional bool     // left out of JSON when empty
	Values   []string // every value that Coroot's types allow; nil for free text
	Usual    []string // the part of Values that Coroot's code was seen to send; nil when all of them are
	Form     Form     // what a string field can hold
	Fields   []Field  // the fields of a struct or of a list's elements
	Doc      string
}

// Form says what text a string field can hold.
type Form string

// The forms of text. A proof must hold for FormText in every field but the
// enumerated ones; the others only make generated events look real.
const (
	FormText Form = ""     // any Unicode text, quotes and line breaks included
	FormName Form = "name" // an identifier chosen by a person: mostly plain, but nothing forbids quotes
	FormURL  Form = "url"  // a URL made by Coroot
	FormEnum Form = "enum" // one of Values
)

// Method describes a method of ApplicationID that a template can call.
type Method struct {
	Name, Result, Since, Doc string
}

// Function describes a function that a template can call.
type Function struct {
	Name, Signature, Doc string
	Builtin              bool // part of text/template, not added by Coroot
}

const (
	since100  = "1.0.0"
	since117  = "1.17.0"
	since118  = "1.18.0"
	since1191 = "1.19.1"
)

// The statuses of events. Coroot's documentation names three for incidents and
// alerts; the type allows UNKNOWN and INFO besides.
var (
	documentedStatuses = []string{"OK", "WARNING", "CRITICAL"}
	healthStatuses     = []string{"OK", "WARNING", "CRITICAL", "INFO", "UNKNOWN"}
	severities         = []string{"warning", "critical", "ok", "info", "unknown"} // a status in lower case
	rolloutStatuses    = []string{"Deployed", "In-progress", "Stuck", "Cancelled"}
)

// statuses returns the statuses that events of a kind can have.
func statuses(k Kind) []string {
	if k == KindDeployment {
		return rolloutStatuses
	}
	return healthStatuses
}

func applicationField() Field {
	return Field{
		Name: "Application", JSON: "application", Type: "ApplicationID", Since: since100,
		Doc: "the application; prints as cluster:namespace:Kind:name and is that string in JSON",
		Fields: []Field{
			{Name: "ClusterId", Type: "string", Since: since117, Form: FormName, Doc: "the cluster's id, external for external services; not in Coroot's documentation"},
			{Name: "Namespace", Type: "string", Since: since100, Form: FormName, Doc: "_ where there is none"},
			{Name: "Kind", Type: "ApplicationKind", Since: since100, Form: FormName, Doc: "such as Deployment, StatefulSet, ExternalService"},
			{Name: "Name", Type: "string", Since: since100, Form: FormName, Doc: "the name of the application"},
		},
	}
}

// Fields returns the fields of the template data of a kind, in the order in
// which {{ json . }} prints them.
func Fields(k Kind) []Field {
	switch k {
	case KindIncident:
		return incidentFields()
	case KindDeployment:
		return deploymentFields()
	case KindAlert:
		return alertFields()
	}
	return nil
}

func incidentFields() []Field {
	app := applicationField()
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since100, Form: FormEnum,
			Values: healthStatuses, Usual: documentedStatuses, Doc: "OK when the incident is resolved",
		},
		app,
		{
			Name: "Reports", JSON: "reports", Type: "list of Report", Since: since100, Doc: "the failed checks; null for a resolved incident",
			Fields: []Field{
				{Name: "Name", JSON: "name", Type: "string", Since: since100, Form: FormName, Doc: "the inspection, such as SLO, CPU, Memory, Net, Logs"},
				{Name: "Check", JSON: "check", Type: "string", Since: since100, Form: FormName, Doc: "the check, such as Availability, Latency, Memory leak"},
				{Name: "Message", JSON: "message", Type: "string", Since: since100, Doc: "what was found; free text"},
			},
		},
		{Name: "URL", JSON: "url", Type: "string", Since: since100, Form: FormURL, Doc: "the incident in Coroot"},
		{Name: "RCASummary", JSON: "rca_summary", Type: "string", Since: since1191, Optional: true, Doc: "root cause found by AI: Markdown, free text"},
		{Name: "RCARemediations", JSON: "rca_remediations", Type: "string", Since: since1191, Optional: true, Doc: "proposed fixes by AI: Markdown with code, many lines"},
	}
}

func deploymentFields() []Field {
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since100, Form: FormEnum,
			Values: rolloutStatuses, Doc: "In-progress is sent since 1.18.0",
		},
		applicationField(),
		{Name: "Version", JSON: "version", Type: "string", Since: since100, Doc: "hash and images, such as 123ab456: app:v1.8.2"},
		{Name: "Summary", JSON: "summary", Type: "list of string", Since: since100, Doc: "what changed, each with 🎉 or 💔 in front; null until the deployment is compared with the one before"},
		{Name: "URL", JSON: "url", Type: "string", Since: since100, Form: FormURL, Doc: "the deployment in Coroot"},
	}
}

func alertFields() []Field {
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since118, Form: FormEnum,
			Values: healthStatuses, Usual: documentedStatuses, Doc: "OK when the alert is resolved",
		},
		{Name: "ProjectName", JSON: "project_name", Type: "string", Since: since118, Form: FormName, Doc: "the name of the project"},
		applicationField(),
		{Name: "RuleName", JSON: "rule_name", Type: "string", Since: since118, Form: FormName, Doc: "the alerting rule, such as Low disk space"},
		{
			Name: "Severity", JSON: "severity", Type: "string", Since: since118, Form: FormEnum,
			Values: severities, Usual: []string{"warning", "critical"}, Doc: "warning or critical, lower case",
		},
		{Name: "Summary", JSON: "summary", Type: "string", Since: since118, Doc: "what happened; free text"},
		{
			Name: "Details", JSON: "details", Type: "list of Detail", Since: since118, Optional: true,
			Doc: "Description, Findings, Sample, Event message, Labels, AI analysis, KubernetesEventsQuery",
			Fields: []Field{
				{Name: "Name", JSON: "name", Type: "string", Since: since118, Form: FormName, Doc: "the title"},
				{Name: "Value", JSON: "value", Type: "string", Since: since118, Doc: "raw logs, labels with quotes, Markdown, JSON: free text of many lines"},
				{Name: "Code", JSON: "code", Type: "bool", Since: since118, Optional: true, Doc: "the value is meant to be shown in fixed width"},
			},
		},
		{Name: "Duration", JSON: "duration", Type: "string", Since: since118, Form: FormName, Optional: true, Doc: "such as 1h30m; only when resolved"},
		{Name: "ResolvedBy", JSON: "resolved_by", Type: "string", Since: since118, Form: FormName, Optional: true, Doc: "who resolved it by hand; only when resolved"},
		{Name: "URL", JSON: "url", Type: "string", Since: since118, Form: FormURL, Doc: "the alert in Coroot"},
	}
}

// ApplicationMethods returns the methods of .Application.
func ApplicationMethods() []Method {
	return []Method{
		{Name: "String", Result: "string", Since: since100, Doc: "cluster:namespace:Kind:name"},
		{Name: "StringWithoutClusterId", Result: "string", Since: since117, Doc: "namespace:Kind:name"},
		{Name: "IsZero", Result: "bool", Since: since100, Doc: "true for an alert without an application"},
		{Name: "NamespaceIsEmpty", Result: "bool", Since: since100, Doc: "true when the namespace is empty or _"},
	}
}

// Functions returns every function that exists in a Coroot template: json,
// which Coroot adds, and the builtins of text/template.
func Functions() []Function {
	return []Function{
		{Name: "json", Signature: "json VALUE", Doc: "the value as JSON, quotes included; <, > and & become \\u003c, \\u003e and \\u0026"},
		{Name: "and", Signature: "and X Y...", Builtin: true, Doc: "the first empty argument, or the last one"},
		{Name: "or", Signature: "or X Y...", Builtin: true, Doc: "the first non-empty argument, or the last one"},
		{Name: "not", Signature: "not X", Builtin: true, Doc: "true if X is empty"},
		{Name: "eq", Signature: "eq X Y...", Builtin: true, Doc: "X equals one of the others"},
		{Name: "ne", Signature: "ne X Y", Builtin: true, Doc: "X does not equal Y"},
		{Name: "lt", Signature: "lt X Y", Builtin: true, Doc: "X < Y"},
		{Name: "le", Signature: "le X Y", Builtin: true, Doc: "X <= Y"},
		{Name: "gt", Signature: "gt X Y", Builtin: true, Doc: "X > Y"},
		{Name: "ge", Signature: "ge X Y", Builtin: true, Doc: "X >= Y"},
		{Name: "len", Signature: "len X", Builtin: true, Doc: "the length of a list, map or string; bytes for a string"},
		{Name: "index", Signature: "index LIST I...", Builtin: true, Doc: "an element by number; fails when there is none"},
		{Name: "slice", Signature: "slice X I J", Builtin: true, Doc: "a part of a list or string; bytes for a string"},
		{Name: "print", Signature: "print X...", Builtin: true, Doc: "the arguments as fmt.Sprint"},
		{Name: "printf", Signature: "printf FORMAT X...", Builtin: true, Doc: "the arguments as fmt.Sprintf"},
		{Name: "println", Signature: "println X...", Builtin: true, Doc: "the arguments as fmt.Sprintln, with a line break"},
		{Name: "html", Signature: "html X...", Builtin: true, Doc: "escaped for HTML"},
		{Name: "js", Signature: "js X...", Builtin: true, Doc: "escaped for JavaScript; not for JSON"},
		{Name: "urlquery", Signature: "urlquery X...", Builtin: true, Doc: "escaped for the query of a URL"},
		{Name: "call", Signature: "call F X...", Builtin: true, Doc: "the result of calling a function value; there is none in Coroot's data"},
	}
}

// Type returns the Go type of the template data of a kind without custom
// fields, nil for an unknown kind.
func Type(k Kind) reflect.Type {
	switch k {
	case KindIncident:
		return reflect.TypeFor[Incident]()
	case KindDeployment:
		return reflect.TypeFor[Deployment]()
	case KindAlert:
		return reflect.TypeFor[Alert]()
	}
	return nil
}
