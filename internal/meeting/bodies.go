package meeting

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Bodies prints what a template renders of a stream of events. A single body is printed
// without a byte more, except on a terminal; of several, each is followed by a line
// break.
type Bodies struct {
	Count  int // events that were printed
	Failed int // of them, those in whose place there is an error

	o    BodyOptions
	w    *bufio.Writer
	last byte // of what was printed
}

// BodyOptions say how bodies are printed.
type BodyOptions struct {
	Raw      bool // as they were before Coroot repairs line breaks
	Lines    bool // each as a line of JSON
	Follow   bool // each goes out at once
	Terminal bool // somebody looks
}

// NewBodies returns what prints bodies to a writer.
func NewBodies(w io.Writer, o BodyOptions) *Bodies {
	return &Bodies{o: o, w: bufio.NewWriterSize(w, 64<<10)}
}

// Emit prints a body; see webhook.Stream.
func (b *Bodies) Emit(index int, message webhook.Message) error {
	body := message.Body
	if b.o.Raw {
		body = message.Rendered
	}
	if b.o.Lines {
		line, err := jsontree.Line(struct {
			Index int    `json:"index"`
			Body  string `json:"body"`
		}{index, string(body)})
		if err != nil {
			return err
		}
		body = line
	} else if index > 0 {
		b.write([]byte("\n")) // Close or the next flush tells of an error
	}
	return b.line(body)
}

// EmitError prints a line in the place of the body of an event that fails.
func (b *Bodies) EmitError(index int, doc event.Document, cause error) error {
	text, err := json.Marshal(doc.Text)
	if json.Valid([]byte(doc.Text)) {
		text = []byte(doc.Text)
	}
	if err != nil {
		return err
	}
	line, err := jsontree.Line(struct {
		Index int             `json:"index"`
		Error string          `json:"error"`
		Event json.RawMessage `json:"event"`
	}{index, source.ProblemOf(cause).Error(), text})
	if err != nil {
		return err
	}
	b.Failed++
	return b.line(line)
}

// line writes what is printed of one event.
func (b *Bodies) line(p []byte) error {
	b.Count++
	if err := b.write(p); err != nil || !b.o.Follow {
		return err
	}
	return b.w.Flush()
}

func (b *Bodies) write(p []byte) error {
	if len(p) > 0 {
		b.last = p[len(p)-1]
	}
	_, err := b.w.Write(p)
	return err
}

// Close ends the output. After one body the input can have gone wrong; then there were
// to be several.
func (b *Bodies) Close(complete bool) error {
	several := b.Count > 1 || b.Count == 1 && !complete
	if !b.o.Lines && (several || b.Count == 1 && b.last != '\n' && b.o.Terminal) {
		b.write([]byte("\n")) // an error is told by Flush
	}
	return b.w.Flush()
}
