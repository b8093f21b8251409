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

// Bodies prints what a template renders from a stream of events. A single body is
// printed byte for byte, except on a terminal; of several, each is followed by a line
// break.
type Bodies struct {
	Count  int // events printed
	Failed int // of these, events with an error in place of the body

	o    BodyOptions
	w    *bufio.Writer
	last byte // the last one printed
}

// BodyOptions control how bodies are printed.
type BodyOptions struct {
	Raw      bool // as rendered, before Coroot repairs line breaks
	Lines    bool // each as one line of JSON
	Follow   bool // write each immediately
	Terminal bool // the output is a terminal
}

// NewBodies returns a Bodies that prints to w.
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
		b.write([]byte("\n")) // Close or the next flush reports an error
	}
	return b.line(body)
}

// EmitError prints a line in place of the body of an event that failed.
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

// line writes what is printed for one event.
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

// Close ends the output. complete reports whether the input was read to its end: if it
// was not, a single body is treated as one of several.
func (b *Bodies) Close(complete bool) error {
	several := b.Count > 1 || b.Count == 1 && !complete
	if !b.o.Lines && (several || b.Count == 1 && b.last != '\n' && b.o.Terminal) {
		b.write([]byte("\n")) // Flush reports an error
	}
	return b.w.Flush()
}
