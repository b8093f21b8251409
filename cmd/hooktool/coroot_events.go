package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootEventsLong = `Print past alerts and incidents as the events that Coroot posted to its webhook,
or would have, one JSON object per line, newest last. The output can be passed to
render, preview, test-send and validate --events.

Coroot's API does not keep everything; stderr says what is missing. The rows of
the tables incident_notification and alert_notification in Coroot's database are
complete. Print them with

  sqlite3 -json coroot.db 'SELECT * FROM alert_notification' >rows.json

and read them with --from-rows, as an array or as one object per line; Coroot is
not needed for that. --lost prints only messages that never arrived: Coroot drops
a message after trying for an hour. With --webhook, the current template is tried
on each of them, and stderr says why it fails.`

const corootEventsExample = `  hooktool coroot events --since 168h >events.ndjson
  hooktool validate alert.tmpl --events events.ndjson
  hooktool coroot events --from-rows rows.json --lost -w telegram
  hooktool coroot events -t alert --limit 1 | hooktool render alert.tmpl -`

type corootEventsOptions struct {
	corootFlags
	kind    string
	since   string
	limit   int
	rows    string
	lost    bool
	baseURL string
	webhook string
}

func newCorootEventsCmd(a *app) *cobra.Command {
	o := corootEventsOptions{corootFlags: corootFlags{app: a}}
	cmd := o.command(about{"events", "Print past alerts and incidents as events", corootEventsLong, corootEventsExample}, o.run)
	option.DefineAs(cmd, "type", &o.kind, "only events of this `kind`")
	option.Define(cmd, "since", &o.since, "limit", &o.limit, "from-rows", &o.rows, "lost", &o.lost, "base-url", &o.baseURL)
	a.webhookVar(cmd, &o.webhook, "with --lost, try the templates of the webhook of this `name`")
	o.register(cmd)
	return cmd
}

func (o *corootEventsOptions) run(ctx context.Context) error {
	query, err := o.query()
	if err != nil {
		return err
	}
	var events []coroot.Past
	if o.rows != "" {
		events, err = o.fromRows(query)
	} else {
		events, err = o.fromAPI(ctx, query)
	}
	if err != nil {
		return err
	}
	if err := o.print(events); err != nil {
		return err
	}
	if o.webhook != "" {
		return o.explainLost(ctx, events)
	}
	return nil
}

func (o *corootEventsOptions) query() (coroot.EventQuery, error) {
	q := coroot.EventQuery{Limit: o.limit, BaseURL: o.baseURL}
	switch {
	case o.lost && o.rows == "":
		return q, exit.Usage("give the rows of Coroot's notification tables with --from-rows: its API does not say what arrived", "--lost needs --from-rows")
	case o.webhook != "" && !o.lost:
		return q, exit.Usage("validate --events tries a template on every event", "--webhook needs --lost")
	}
	q.Kind = event.Kind(o.kind)
	if q.Kind == event.KindDeployment && o.rows == "" {
		return q, exit.Usage("it keeps alerts and incidents", "Coroot's API does not keep past deployments as they were posted")
	}
	var err error
	q.Since, err = coroot.ParseSince(o.since, o.app.now())
	return q, err
}

func (o *corootEventsOptions) fromAPI(ctx context.Context, q coroot.EventQuery) ([]coroot.Past, error) {
	client, project, err := o.openProject(ctx)
	if err != nil {
		return nil, err
	}
	events, lossy, err := client.Events(ctx, project, q)
	if err != nil {
		return nil, err
	}
	for _, each := range lossy {
		o.app.note("lossy: %s", each)
	}
	return events, nil
}

func (o *corootEventsOptions) fromRows(q coroot.EventQuery) ([]coroot.Past, error) {
	r, err := o.app.files().Open(o.rows)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	base := cmp.Or(q.BaseURL, o.url, o.app.getenv("COROOT_BASE_URL"))
	rows, err := coroot.ReadRows(r, workspace.Shown(o.rows), base)
	if err != nil {
		return nil, meeting.ReadError(err)
	}
	if rows.Others > 0 {
		o.app.note("left out %s to receivers other than the webhook", words.Count(rows.Others, "message"))
	}
	if base == "" && len(rows.Events) > 0 {
		o.app.note("the links have no base URL: give one with --base-url")
	}
	events := rows.Events
	if o.lost {
		var pending int
		if events, pending = rows.Lost(o.app.now()); pending > 0 {
			o.app.note("%s not delivered yet: Coroot is still trying", words.Count(pending, "message"))
		}
	}
	return coroot.Choose(events, q), nil
}

func (o *corootEventsOptions) print(events []coroot.Past) error {
	out := bufio.NewWriter(o.app.out)
	for _, e := range events {
		line, err := event.Marshal(e.Event)
		if err != nil {
			return err
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.Flush()
}

// explainLost renders the lost messages with the current templates and explains each
// one that still fails.
func (o *corootEventsOptions) explainLost(ctx context.Context, events []coroot.Past) error {
	trial, err := coroot.NewTrial(o.app.workspace(workspace.Said{Webhooks: []string{o.webhook}}, ""), o.webhook)
	if err != nil {
		return err
	}
	good := 0
	for i, e := range events {
		reason := trial.WhyLost(ctx, e)
		if reason == nil {
			good++
			continue
		}
		fmt.Fprintf(o.app.err, "event %d of %s (%s): %v\n", i+1, e.Time.Format(time.RFC3339), e.Kind(), reason)
	}
	if good > 0 {
		o.app.note("%s of %d: the current template renders valid JSON, so the cause was the receiver, the network or an older template", words.Count(good, "message"), len(events))
	}
	return nil
}
