package coroot

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// retryWindow is how long Coroot tries to deliver a message, once a minute.
const retryWindow = time.Hour

// Rows is the contents of the notification tables in Coroot's database.
type Rows struct {
	Events []Past // those to the webhook, ordered by time, then as they come
	Others int    // messages to Slack, Teams and others, which are left out
}

// Lost returns the events that never arrived and that Coroot has given up on, and how
// many it is still trying to deliver.
func (r Rows) Lost(now time.Time) (lost []Past, pending int) {
	for _, e := range r.Events {
		switch {
		case !e.Lost:
		case now.Sub(e.Time) <= retryWindow:
			pending++
		default:
			lost = append(lost, e)
		}
	}
	return lost, pending
}

// row is a row of the tables incident_notification or alert_notification
// (Coroot's db package). Databases print numbers as numbers or as text, and JSON
// as JSON or as text.
type row struct {
	Project     string  `json:"project_id"`
	Application string  `json:"application_id"`
	Incident    *string `json:"incident_key"`
	Alert       *string `json:"alert_id"`
	Status      number  `json:"status"`
	Destination any     `json:"destination"`
	Timestamp   number  `json:"timestamp"`
	SentAt      number  `json:"sent_at"`
	Details     nested  `json:"details"`
}

// number is an integer, as a number, as text, or missing.
type number int64

func (n *number) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if text == "null" || text == "" {
		return nil
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return &json.UnmarshalTypeError{Value: "text " + string(b)}
	}
	*n = number(v)
	return nil
}

// nested is JSON, or text that contains JSON.
type nested json.RawMessage

func (n *nested) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		b = []byte(text)
	}
	*n = append((*n)[:0], b...)
	return nil
}

func (n nested) decode(into any) error {
	if len(bytes.TrimSpace(n)) == 0 {
		return nil
	}
	return json.Unmarshal(n, into)
}

// ReadRows reads rows of the notification tables: an array of objects, as sqlite3 -json
// prints it, or one object after another. base is what Coroot puts before its links. An
// error is a *source.Problem with a position.
func ReadRows(r io.Reader, path, base string) (Rows, error) {
	text := bufio.NewReader(r)
	base = strings.TrimRight(base, "/")
	var result Rows
	if isBlank(text) {
		return result, nil // what sqlite3 -json prints where there are no rows
	}
	decoder := event.NewDecoder(text, path)
	for {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			slices.SortStableFunc(result.Events, func(a, b Past) int { return a.Time.Compare(b.Time) })
			return result, nil
		}
		if err != nil {
			return result, notRows(err)
		}
		past, other, err := readRow([]byte(doc.Text), base)
		if err != nil {
			return result, &source.Problem{Path: doc.Path, Pos: doc.Pos, Message: err.Error(), Hint: rowsHint}
		}
		if other {
			result.Others++
			continue
		}
		result.Events = append(result.Events, past)
	}
}

// isBlank reports whether a text is only white space. It consumes nothing, so positions
// stay right.
func isBlank(r *bufio.Reader) bool {
	head, err := r.Peek(r.Size())
	return errors.Is(err, io.EOF) && len(bytes.TrimSpace(head)) == 0
}

// notRows adds the hint about rows to an error of reading JSON. Any other error, such
// as of the disk, is returned unchanged.
func notRows(err error) error {
	var problem *event.Problem
	if !errors.As(err, &problem) {
		return err
	}
	about := source.ProblemOf(err)
	about.Hint = rowsHint
	return about
}

const rowsHint = "print the tables with: sqlite3 -json coroot.db 'SELECT * FROM incident_notification', and the same for alert_notification"

func readRow(text []byte, base string) (past Past, other bool, err error) {
	var r row
	if err := json.Unmarshal(text, &r); err != nil {
		return past, false, fmt.Errorf("this is not a row of a notification table: %w", plainJSONError(err))
	}
	if r.Incident == nil && r.Alert == nil || r.Project == "" {
		return past, false, errors.New("this is not a row of incident_notification or alert_notification: it has no incident_key and no alert_id, or no project_id")
	}
	if !r.toWebhook() {
		return past, true, nil
	}
	past.Time, past.Lost = time.Unix(int64(r.Timestamp), 0).UTC(), r.SentAt == 0
	if r.Alert != nil {
		past.Event, err = r.alertEvent(base)
	} else {
		past.Event, err = r.incidentEvent(base)
	}
	return past, false, err
}

// toWebhook distinguishes rows of the webhook from those of Slack and others. A
// destination with settings, such as Slack's channel, is an object.
func (r row) toWebhook() bool {
	switch destination := r.Destination.(type) {
	case string:
		return destination == "webhook" || strings.Contains(destination, `"webhook"`)
	case map[string]any:
		return destination["type"] == "webhook" || destination["integration_type"] == "webhook"
	}
	return false
}

// statusName returns the name of a status (Coroot's model/status.go).
func statusName(n number) (string, error) {
	names := []string{"UNKNOWN", "OK", "INFO", "WARNING", "CRITICAL"}
	if n < 0 || int(n) >= len(names) {
		return "", fmt.Errorf("there is no status %d: 1 is OK, 3 WARNING, 4 CRITICAL", n)
	}
	return names[n], nil
}

func (r row) incidentEvent(base string) (event.Event, error) {
	status, err := statusName(r.Status)
	if err != nil {
		return event.Event{}, err
	}
	var details struct {
		Reports         []event.Report `json:"reports"`
		RCASummary      string         `json:"rca_summary"`
		RCARemediations string         `json:"rca_remediations"`
	}
	if err := r.Details.decode(&details); err != nil {
		return event.Event{}, fmt.Errorf("details cannot be read: %w", plainJSONError(err))
	}
	return event.Event{Incident: &event.Incident{
		Status: status, Application: application(r.Application, r.Project), Reports: details.Reports,
		URL:        base + "/p/" + r.Project + "/incidents?incident=" + *r.Incident,
		RCASummary: details.RCASummary, RCARemediations: details.RCARemediations,
	}}, nil
}

func (r row) alertEvent(base string) (event.Event, error) {
	status, err := statusName(r.Status)
	if err != nil {
		return event.Event{}, err
	}
	var details struct {
		ProjectName string         `json:"project_name"`
		RuleName    string         `json:"rule_name"`
		Severity    string         `json:"severity"`
		Summary     string         `json:"summary"`
		Details     []event.Detail `json:"details"`
		Duration    string         `json:"duration"`
		ResolvedBy  string         `json:"resolved_by"`
	}
	if err := r.Details.decode(&details); err != nil {
		return event.Event{}, fmt.Errorf("details cannot be read: %w", plainJSONError(err))
	}
	return event.Event{Alert: &event.Alert{
		Status: status, ProjectName: details.ProjectName, Application: application(r.Application, r.Project), RuleName: details.RuleName,
		Severity: details.Severity, Summary: details.Summary, Details: details.Details, Duration: details.Duration, ResolvedBy: details.ResolvedBy,
		URL: base + "/p/" + r.Project + "/alerts?alert=" + *r.Alert,
	}}, nil
}

// plainJSONError explains an error without the names of Go's types.
func plainJSONError(err error) error {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return fmt.Errorf("%s is %s, but should be of another type", cmp.Or(wrongType.Field, "a value"), wrongType.Value)
	}
	return err
}
