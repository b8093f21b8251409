package webhook

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// Stream renders many events on all cores and emits the messages in the order of the
// events. Memory stays bounded however many there are.
type Stream struct {
	Template *Template

	// Next returns the next event's text, and io.EOF after the last one. It is
	// called from one goroutine.
	Next func() (event.Document, error)

	// Decode turns the text into an event. It is called from many goroutines.
	Decode func(event.Document) (event.Event, error)

	// Emit receives the message of the event with this index, counted from 0. It is
	// called from the goroutine of Run; the message is invalid afterwards.
	Emit func(index int, message Message) error

	// OnError receives an event that could not be decoded or rendered, in place of its
	// message, and the stream goes on. Nil: the first such event ends the stream. It is
	// called from the goroutine of Run.
	OnError func(index int, doc event.Document, err error) error

	// Follow emits each message as soon as its event was read, instead of in batches.
	// It is slower for many events.
	Follow bool
}

// A batch is what one worker takes at a time: small enough to keep all workers busy and
// the memory flat, large enough to make handing it over cheap.
const (
	batchEvents = 64
	batchBytes  = 256 << 10
)

// batchOutput is how many bytes of messages wait in a batch. Events beyond it are
// rendered when it is their turn, so that huge messages do not pile up.
const batchOutput = 4 << 20

type batch struct {
	docs    []event.Document
	end     error    // of the input, after docs
	results []result // of docs, up to the one that ends the stream, or to batchOutput
	partly  bool     // the rest of docs is not yet rendered
	done    chan struct{}
}

// result is a message, or the error instead of one.
type result struct {
	message Message
	err     error
}

// Run renders until the input ends. Without OnError it stops at the first error and
// returns it, after all messages before it were emitted.
func (s Stream) Run(ctx context.Context) error {
	first := s.readBatch()
	if first.end != nil { // nothing to share: a single event need not wait for workers to start
		s.render(ctx, first)
		_, err := s.emitBatch(ctx, 0, first)
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *batch, workers)
	inOrder := make(chan *batch, 2*workers)
	var wg sync.WaitGroup
	wg.Go(func() { s.read(ctx, first, todo, inOrder) })
	for range workers {
		wg.Go(func() {
			for b := range todo {
				s.render(ctx, b)
				close(b.done)
			}
		})
	}
	err := s.emit(ctx, inOrder)
	cancel()
	for b := range inOrder { // lets the reader go on until it sees the end
		<-b.done
	}
	wg.Wait()
	return err
}

// read distributes the input in batches, the first of which was already read.
func (s Stream) read(ctx context.Context, b *batch, todo, inOrder chan<- *batch) {
	defer close(todo)
	defer close(inOrder)
	for {
		inOrder <- b
		todo <- b
		if b.end != nil {
			return
		}
		if b = s.readBatch(); ctx.Err() != nil {
			return
		}
	}
}

// readBatch reads one batch.
func (s Stream) readBatch() *batch {
	most := batchEvents
	if s.Follow {
		most = 1
	}
	b := &batch{done: make(chan struct{}), docs: make([]event.Document, 0, most)}
	for size := 0; len(b.docs) < most && size < batchBytes; {
		doc, err := s.Next()
		if err != nil {
			b.end = err
			break
		}
		b.docs = append(b.docs, doc)
		size += len(doc.Text)
	}
	return b
}

func (s Stream) render(ctx context.Context, b *batch) {
	size := 0
	b.results = make([]result, 0, len(b.docs))
	for _, doc := range b.docs {
		r := s.renderOne(ctx, doc)
		if size += len(r.message.Rendered) + len(r.message.Body); size > batchOutput {
			b.partly = true
			return
		}
		b.results = append(b.results, r)
		if s.ends(ctx, r) {
			return
		}
	}
}

func (s Stream) renderOne(ctx context.Context, doc event.Document) (r result) {
	ev, err := s.Decode(doc)
	if err == nil {
		r.message, err = s.Template.Render(ctx, ev)
	}
	r.err = err
	return r
}

// ends reports whether the stream ends at a result.
func (s Stream) ends(ctx context.Context, r result) bool {
	return r.err != nil && (s.OnError == nil || ctx.Err() != nil)
}

func (s Stream) emit(ctx context.Context, inOrder <-chan *batch) error {
	index := 0
	for b := range inOrder {
		<-b.done
		last, err := s.emitBatch(ctx, index, b)
		if last || err != nil {
			return err
		}
		index += len(b.docs)
	}
	return nil
}

// emitBatch emits the messages of a rendered batch; last says that it is the last.
func (s Stream) emitBatch(ctx context.Context, index int, b *batch) (last bool, err error) {
	for i, r := range b.results {
		if err := s.emitOne(index+i, b.docs[i], r); err != nil {
			return true, err
		}
	}
	for i := len(b.results); b.partly && i < len(b.docs); i++ {
		if err := s.emitOne(index+i, b.docs[i], s.renderOne(ctx, b.docs[i])); err != nil {
			return true, err
		}
	}
	if errors.Is(b.end, io.EOF) {
		return true, nil
	}
	return b.end != nil, b.end
}

func (s Stream) emitOne(index int, doc event.Document, r result) error {
	switch {
	case r.err == nil:
		return s.Emit(index, r.message)
	case s.OnError == nil, errors.Is(r.err, context.Canceled):
		return r.err
	}
	return s.OnError(index, doc, r.err)
}
