package event

// Incident is what an incident template sees as its dot. It mirrors Coroot's
// IncidentTemplateValues: the same field names in the same order, and the same JSON
// names. It has no methods, because a template could call them.
type Incident struct {
	Status          string        `json:"status"`
	Application     ApplicationID `json:"application"`
	Reports         []Report      `json:"reports"` // nil for a resolved incident, and when only the SLO is violated
	URL             string        `json:"url"`
	RCASummary      string        `json:"rca_summary,omitempty"`
	RCARemediations string        `json:"rca_remediations,omitempty"`
}

// ReportName is the name of an inspection. It is a named string type, as
// AuditReportName is in Coroot, so {{ printf .Name }} fails: printf wants a string.
type ReportName string

// Report is one failed check of an incident.
type Report struct {
	Name    ReportName `json:"name"`    // the inspection, such as Memory or Logs
	Check   string     `json:"check"`   // the title of the check, such as Out of Memory
	Message string     `json:"message"` // free text
}

// Deployment is what a deployment template sees as its dot. It mirrors
// Coroot's DeploymentTemplateValues.
type Deployment struct {
	Status      string        `json:"status"`
	Application ApplicationID `json:"application"`
	Version     string        `json:"version"`
	Summary     []string      `json:"summary"` // nil while there is nothing to compare
	URL         string        `json:"url"`
}

// Alert is what an alert template sees as its dot. It mirrors Coroot's
// AlertTemplateValues (since Coroot 1.18.0).
type Alert struct {
	Status      string        `json:"status"`
	ProjectName string        `json:"project_name"`
	Application ApplicationID `json:"application"` // for an alert without one, only the cluster is set
	RuleName    string        `json:"rule_name"`
	Severity    string        `json:"severity"`
	Summary     string        `json:"summary"`
	Details     []Detail      `json:"details,omitempty"` // kept when the alert is resolved
	Duration    string        `json:"duration,omitempty"`
	ResolvedBy  string        `json:"resolved_by,omitempty"`
	URL         string        `json:"url"`
}

// Detail is one titled part of an alert, such as a log sample or the labels
// of a series.
type Detail struct {
	Name  string `json:"name"`
	Value string `json:"value"`          // free text, often with line breaks and quotes
	Code  bool   `json:"code,omitempty"` // the value should be shown in a fixed-width font
}
