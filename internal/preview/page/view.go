package page

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"strings"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// query is what the page asks for.
type query struct {
	Template string // its ID
	Sample   string // the name of an event; "edited" for Event
	Text     string // the template as edited; used if Edited
	Edited   bool
	Event    string  // the event as edited
	Loaded   *string // the text that was edited, to be saved; nil if not given
}

// editedEvent is the name of the event that is entered on the page.
const editedEvent = "edited"

// view is what the page shows of one template.
type view struct {
	Groups    []*group
	Marks     map[string]*mark    // by ID, for those that were checked
	Chosen    *workspace.Template // nil if there is none
	Samples   []Sample
	Query     query
	EventJSON string // the chosen event, for editing

	Picture *drawing // nil if there has been none
	Stale   bool     // the picture is of an earlier text
	Problem *problem // why there is no new one
	States  []state

	CanSave    bool
	Playground bool     // see Options
	Original   string   // the template as it was found
	Secrets    []string // what looks like a secret in what was edited
	Warning    string   // problems of the workspace as a whole
}

// problem is an error with its place.
type problem struct {
	Path, Message, Hint string
	Line, Column        int
}

// state is one of the small pictures.
type state struct {
	Sample
	Picture *drawing
	Problem *problem
	LeftOut string // why there is neither; empty if there is one
}

// drawing is a message that could be drawn.
type drawing struct {
	*preview.Preview
	Sent template.HTML // the body
	Size int           // size of the body, in bytes

	Eaten []eatenText
}

// view computes what the page shows.
func (p *Pages) view(ctx context.Context, q query) *view {
	scan := p.current(ctx)
	v := &view{Groups: p.workspace.groups(scan.Templates), Marks: p.marks.of(scan.Templates), Query: q, Playground: p.options.Playground}
	if p.options.Playground {
		v.Secrets = q.secrets()
	}
	if scan.Err != nil {
		v.Warning = scan.Err.Error()
	}
	v.Chosen = choose(scan.Templates, q.Template)
	if v.Chosen == nil {
		return v
	}
	t := *v.Chosen
	v.CanSave = p.canSave(t)
	if t.Err != nil {
		v.Problem = problemOf(t.Err)
		return v
	}
	v.Original = t.Text
	if q.Edited {
		t.Text = q.Text
	}
	v.Query.Text = t.Text
	samples, err := scan.samples(t)
	if err != nil {
		v.Warning = errors.Join(scan.Err, err).Error()
	}
	v.Samples = samples
	p.pictures(ctx, v, t)
	return v
}

func choose(templates []workspace.Template, id string) *workspace.Template {
	for i := range templates {
		if templates[i].ID() == id {
			return &templates[i]
		}
	}
	if id == "" && len(templates) > 0 {
		return &templates[0]
	}
	return nil
}

// pictures draws the chosen event and all states.
func (p *Pages) pictures(ctx context.Context, v *view, t workspace.Template) {
	sample, eventProblem := v.sample()
	v.Query.Sample = sample.Name
	if text, err := event.MarshalIndent(withoutFields(sample.Event, t)); err == nil {
		v.EventJSON = string(text)
	}
	if v.Query.Sample == editedEvent {
		v.EventJSON = v.Query.Event
	}
	tmpl, err := webhook.Parse(t.Kind, t.Path, t.Text, webhook.WithLimits(p.workspace.Limits))
	key := t.ID() + "\x00" + sample.Name
	var artist *artist // nil if the text is not a template
	if err == nil {
		artist = p.workspace.artist(tmpl, t)
	}
	switch {
	case eventProblem != nil:
		v.Problem = eventProblem
	case err != nil:
		v.Problem = problemOf(err)
	default:
		v.Picture, v.Problem = artist.picture(ctx, sample)
	}
	if v.Problem != nil {
		v.Picture, v.Stale = p.lastGood.get(key), true
	} else {
		p.lastGood.put(key, v.Picture)
	}
	if artist == nil {
		return
	}
	for _, each := range v.Samples {
		v.States = append(v.States, artist.state(ctx, each))
	}
}

// sample returns the event that is asked for.
func (v *view) sample() (Sample, *problem) {
	if v.Query.Sample == editedEvent {
		ev, err := decodeEvent(v.Query.Event, v.Chosen.Kind)
		// What is typed here counts as the user's, and the text it starts from has no fields of the webhook.
		ev.CustomFields = workspace.MergeFields(v.Chosen.CustomFields, ev.CustomFields)
		return Sample{Name: editedEvent, Event: ev}, problemOf(err)
	}
	for _, sample := range v.Samples {
		if sample.Name == v.Query.Sample {
			return sample, nil
		}
	}
	if len(v.Samples) > 0 {
		return v.Samples[0], nil
	}
	return Sample{}, &problem{Message: "there is no event of this kind"}
}

// decodeEvent reads the event that is entered on the page.
func decodeEvent(text string, kind event.Kind) (event.Event, error) {
	doc, err := event.NewDecoder(strings.NewReader(text), "the event").Next()
	if errors.Is(err, io.EOF) {
		return event.Event{}, errors.New("the event is missing: enter one JSON object, as {{ json . }} prints it")
	}
	if err != nil {
		return event.Event{}, err
	}
	ev, _, err := doc.Decode(kind)
	return ev, err
}

// withoutFields returns an event without the fields of the template's webhook, which may
// be secret.
func withoutFields(ev event.Event, t workspace.Template) event.Event {
	ev.CustomFields = maps.Clone(ev.CustomFields)
	maps.DeleteFunc(ev.CustomFields, func(key, _ string) bool { _, ok := t.CustomFields[key]; return ok })
	return ev
}

// problemOf describes an error.
func problemOf(err error) *problem {
	if err == nil {
		return nil
	}
	p := source.ProblemOf(err)
	return &problem{p.Path, p.Message, p.Hint, p.Pos.Line, p.Pos.Column}
}

// Place says where a problem is.
func (p *problem) Place() string {
	switch {
	case p.Line == 0:
		return p.Path
	case p.Path == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}
