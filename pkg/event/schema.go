package event

import (
	"reflect"
	"strings"
	"sync"
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
	// until1125 is the first version in which incidents can only be critical or
	// resolved, and SLO violations are not listed among the reports.
	until1125 = "1.12.5"
)

// The statuses of events.
const (
	statusOK       = "OK"
	statusDeployed = "Deployed"
)

var (
	healthStatuses  = []string{statusOK, "WARNING", "CRITICAL", "INFO", "UNKNOWN"}
	severities      = []string{"warning", "critical", "ok", "info", "unknown"} // a status in lower case
	rolloutStatuses = []string{statusDeployed, "In-progress", "Stuck", "Cancelled"}
)

// Fields returns the fields of the template data of a kind, in the order in
// which {{ json . }} prints them. They are shared and must not be changed.
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

var (
	incidentFields   = sync.OnceValue(func() []Field { return located(makeIncidentFields(), Type(KindIncident)) })
	deploymentFields = sync.OnceValue(func() []Field { return located(makeDeploymentFields(), Type(KindDeployment)) })
	alertFields      = sync.OnceValue(func() []Field { return located(makeAlertFields(), Type(KindAlert)) })
)

// located sets where fields are in the Go struct that they describe.
func located(fields []Field, in reflect.Type) []Field {
	for i := range fields {
		inner, _ := in.FieldByName(fields[i].Name)
		fields[i].index = inner.Index[0]
		of := inner.Type
		if fields[i].IsList() {
			of = of.Elem()
		}
		located(fields[i].Fields, of)
		if fields[i].IsList() {
			element := fields[i].Element()
			fields[i].element = &element
		}
	}
	return fields
}

func applicationField(doc, none string) Field {
	return Field{
		Name: "Application", JSON: "application", Type: "ApplicationID", Since: since100, Doc: doc + "; prints as cluster:namespace:Kind:name and is that string in JSON",
		Fields: []Field{
			{
				Name: "ClusterId", Type: "string", Since: since117, Form: FormMade, Examples: []string{sampleCluster, "external"},
				Doc: "the id of the cluster's project, external for external services; not in Coroot's documentation",
			},
			{
				Name: "Namespace", Type: "string", Since: since100, Form: FormName, Examples: []string{"shop", "default", "_", "external"},
				Empty: none, Plain: true, Doc: "_ where there is none",
			},
			{
				Name: "Kind", Type: "ApplicationKind", Since: since100, Form: FormTitle, Examples: applicationKinds(),
				Empty: none, Plain: true, Doc: "such as Deployment, StatefulSet, ExternalService",
			},
			{
				Name: "Name", Type: "string", Since: since100, Form: FormName,
				Examples: []string{"checkout", "orders_db", "postgres@db-1.internal", "api.payments.example:443"},
				Empty:    none, Doc: "the name of the application",
			},
		},
	}
}

// Texts of several fields that break JSON where they are not escaped.
var (
	nameBreaking = []string{`Lag of "orders"`, `C:\data`, "two\nlines"}
	rcaBreaking  = []string{`The pod "checkout-7d9f" ran out of memory.`, "**Cause**\nout of memory", `C:\data is full`}
)

func makeIncidentFields() []Field {
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since100, Form: FormEnum,
			Values: healthStatuses, Usual: []string{statusOK, "CRITICAL"}, Dated: []Dated{{Value: "WARNING", Until: until1125}},
			Doc: "OK when the incident is resolved; WARNING was sent before 1.12.5",
		},
		applicationField("the application", ""),
		{
			Name: "Reports", JSON: "reports", Type: "list of Report", Since: since100, Filled: []string{"CRITICAL", "WARNING"},
			Empty: "when the incident is resolved, and since 1.12.5 when nothing but the SLO is violated",
			Doc:   "the failed checks; null for a resolved incident, and for one in which nothing but the SLO is violated",
			Fields: []Field{
				{
					Name: "Name", JSON: "name", Type: "ReportName", Since: since100, Form: FormTitle,
					Usual: inspections(), Dated: []Dated{{Value: "SLO", Until: until1125}},
					Doc: "the inspection, such as CPU, Memory, Net, Logs; a named type, which printf does not take as a format",
				},
				{
					Name: "Check", JSON: "check", Type: "string", Since: since100, Form: FormTitle,
					Examples: []string{"Out of Memory", "Errors", "TCP connections", "Disk space", "Replication lag"},
					Breaking: []string{`Errors in "orders"`, `C:\data`, "two\nlines"},
					Doc:      "the check, such as Memory leak, Disk space",
				},
				{
					Name: "Message", JSON: "message", Type: "string", Since: since100,
					Examples: []string{
						"app containers have been restarted 11 times by the OOM killer", "1206 errors occurred",
						"disk space on 1 volume will be exhausted soon (orders_db-0:/var/lib/postgresql/data)",
					},
					Breaking: []string{`2 pods report "connection refused"`, `C:\data is full`, "2 upstream services:\ncheckout, orders"},
					Doc:      "what was found; free text, with the names of instances, volumes or applications in parentheses at the end",
				},
			},
		},
		urlField(since100, "the incident in Coroot", "/incidents?incident=k3y7f9c1"),
		{
			Name: "RCASummary", JSON: "rca_summary", Type: "string", Since: since1191, Optional: true,
			Examples: []string{"The **checkout** service runs out of memory since deployment `7d9f8b6c5d`."},
			Breaking: rcaBreaking,
			Empty:    "when the AI has found nothing, or there is none", Doc: "root cause found by AI: Markdown, free text",
		},
		{
			Name: "RCARemediations", JSON: "rca_remediations", Type: "string", Since: since1191, Optional: true,
			Examples: []string{"1. Roll back:\n   ```bash\n   kubectl -n shop rollout undo deployment/checkout\n   ```"},
			Breaking: rcaBreaking,
			Empty:    "when the AI has found nothing, or there is none", Doc: "proposed fixes by AI: Markdown with code, many lines",
		},
	}
}

func makeDeploymentFields() []Field {
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since100, Form: FormEnum,
			Values: rolloutStatuses, Dated: []Dated{{Value: "In-progress", Since: since118}}, Doc: "In-progress is sent since 1.18.0",
		},
		applicationField("the application", ""),
		{
			Name: "Version", JSON: "version", Type: "string", Since: since100, Examples: []string{"7d9f8b6c5d: registry.example.com/shop/checkout:v1.8.2"},
			Breaking: []string{`123ab456: app:"v1.8.2"`, `123ab456: app\v1`, "123ab456:\napp"},
			Doc:      "hash and images, such as 123ab456: app:v1.8.2",
		},
		{
			Name: "Summary", JSON: "summary", Type: "list of string", Since: since100, Filled: []string{statusDeployed},
			Examples: []string{
				"💔 Availability: 87% (objective: 99%)", "💔 CPU usage: +21% (+$37/mo) compared to the previous deployment",
				"🎉 Memory: looks like the memory leak has been fixed", noChanges,
			},
			Prefixes: []string{"💔 ", "🎉 "},
			Breaking: []string{`💔 Logs: "connection refused" in the new version`, `💔 C:\data is full`, "💔 Logs:\ntoo many errors"},
			Empty:    "until the deployment is compared with the one before",
			Doc:      "what changed, each beginning with 🎉 or 💔; null until the deployment is compared with the one before",
		},
		urlField(since100, "the deployment in Coroot", "/app/"+sampleCluster+":shop:Deployment:checkout/Deployments#7d9f8b6c5d:1764000000"),
	}
}

func makeAlertFields() []Field {
	return []Field{
		{
			Name: "Status", JSON: "status", Type: "string", Since: since118, Form: FormEnum,
			Values: healthStatuses, Usual: []string{statusOK, "WARNING", "CRITICAL"}, Doc: "OK when the alert is resolved",
		},
		{
			Name: "ProjectName", JSON: "project_name", Type: "string", Since: since118, Form: FormName,
			Examples: []string{"production"}, Breaking: nameBreaking, Doc: "the name of the project",
		},
		applicationField("the application; of an alert that belongs to none only ClusterId is set", "when the alert belongs to no application"),
		{
			Name: "RuleName", JSON: "rule_name", Type: "string", Since: since118, Form: FormName,
			Examples: []string{"Low disk space", "New log errors", "Kubernetes events"}, Breaking: nameBreaking, Doc: "the alerting rule, such as Low disk space",
		},
		{
			Name: "Severity", JSON: "severity", Type: "string", Since: since118, Form: FormEnum,
			Values: severities, Usual: []string{"warning", "critical"}, Doc: "warning or critical, lower case",
		},
		{
			Name: "Summary", JSON: "summary", Type: "string", Since: since118,
			Examples: []string{
				"BackOff (12 events in the last 5m0s)", "new error in the logs (40 messages in the last 1h0m0s)",
				"disk space on 2 volumes will be exhausted soon",
			},
			Breaking: []string{`new error: unexpected token "<" in JSON`, `C:\data is full`, "first line\nsecond line"},
			Doc:      "what happened; free text",
		},
		detailsField(),
		{
			Name: "Duration", JSON: "duration", Type: "string", Since: since118, Form: FormMade, Optional: true, Filled: []string{statusOK},
			Examples: []string{"1h30m", "5m30s", "0s"}, Empty: "unless the alert is resolved", Doc: "such as 1h30m; only when resolved",
		},
		{
			Name: "ResolvedBy", JSON: "resolved_by", Type: "string", Since: since118, Form: FormName, Optional: true, Filled: []string{statusOK},
			Examples: []string{"admin", "AI"}, Empty: "unless the alert is resolved by hand or by AI", Doc: "who resolved it by hand, or AI; only when resolved",
		},
		urlField(since118, "the alert in Coroot", "/alerts?alert=3m4veiqsbmyh"),
	}
}

// maxDetail is the number of characters at which Coroot cuts the value of a
// detail.
const maxDetail = 1000

func detailsField() Field {
	return Field{
		Name: "Details", JSON: "details", Type: "list of Detail", Since: since118, Optional: true,
		Empty: "when the rule has none to give", Doc: strings.Join(detailNames(), ", ") + "; kept when the alert is resolved",
		Fields: []Field{
			{Name: "Name", JSON: "name", Type: "string", Since: since118, Form: FormTitle, Usual: detailNames(), Doc: "the title"},
			{
				Name: "Value", JSON: "value", Type: "string", Since: since118, MaxLength: maxDetail, Uncut: []string{"KubernetesEventsQuery"},
				Examples: []string{
					"The disk of an instance is more than 80% full.",
					"orders_db-0:/var/lib/postgresql/data\norders_db-1:/var/lib/postgresql/data",
					"reason=\"BackOff\"\nkind=\"Pod\"",
				},
				Breaking: []string{`reason="BackOff"`, `C:\temp\order.json`, "kind=Pod\nreason=BackOff", "can't connect"},
				Doc:      "raw logs, labels with quotes, Markdown: free text of many lines, cut at 1000 characters except for KubernetesEventsQuery, which is JSON",
			},
			{Name: "Code", JSON: "code", Type: "bool", Since: since118, Optional: true, Empty: "unless the value is a log message or labels", Doc: "the value is meant to be shown in fixed width"},
		},
	}
}

func urlField(since, doc, path string) Field {
	field := Field{Name: "URL", JSON: "url", Type: "string", Since: since, Form: FormURL, Doc: doc}
	for _, base := range BaseURLs() {
		field.Examples = append(field.Examples, base+"/p/"+sampleCluster+path)
	}
	return field
}

// BaseURLs returns forms of what Coroot puts in front of its links, the most common
// first: what a person has entered as the base URL, without the trailing slash. Within
// a cluster it is often a name without a dot, with a port.
func BaseURLs() []string {
	return []string{sampleBaseURL, "http://coroot:8080", "https://ops.example.com/coroot", "http://10.0.0.12:8080"}
}

// inspections returns the names of reports (model/audit_report.go, Coroot
// 1.24.5).
func inspections() []string {
	return []string{
		"Memory", "Instances", "CPU", "GPU", "Storage", "Net", "DNS", "Logs", "Postgres", "Redis", "Mongodb", "Memcached", "Mysql",
		"JVM", ".NET", "Python", "Node.js", "Node", "Deployments", "Profiling", "Tracing",
	}
}

// detailNames returns the titles of an alert's details.
func detailNames() []string {
	return []string{"Description", "Findings", "Sample", "Event message", "Labels", "AI analysis", "KubernetesEventsQuery"}
}

// ApplicationMethods returns the methods of .Application that a template can call.
func ApplicationMethods() []Method {
	return []Method{
		{Name: "String", Result: "string", Since: since100, Doc: "cluster:namespace:Kind:name"},
		{Name: "StringWithoutClusterId", Result: "string", Since: since117, Doc: "namespace:Kind:name"},
		{Name: "IsZero", Result: "bool", Since: since100, Doc: "true when all four parts are empty, which they never are: an alert without an application has the project's id as ClusterId"},
		{Name: "NamespaceIsEmpty", Result: "bool", Since: since100, Doc: "true when the namespace is empty or _"},
		{Name: "Value", Result: "string", Since: since100, Doc: "the same text as String"},
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

// Type returns the Go type of the template data of a kind without custom fields, or nil
// for an unknown kind.
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
