package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// numbered is a stream over alerts whose summaries are their numbers; numbers in bad
// have an index that is out of range.
func numbered(t *testing.T, n int, bad ...int) (webhook.Stream, *[]string) {
	t.Helper()
	tmpl, err := webhook.Parse(event.KindAlert, "t", `{{ if eq .Severity "critical" }}{{ index .Details 7 }}{{ end }}{{ .Summary }}`)
	if err != nil {
		t.Fatal(err)
	}
	next := 0
	got := &[]string{}
	return webhook.Stream{
		Template: tmpl,
		Next: func() (event.Document, error) {
			if next == n {
				return event.Document{}, io.EOF
			}
			next++
			return event.Document{Text: fmt.Sprint(next - 1)}, nil
		},
		Decode: func(doc event.Document) (event.Event, error) {
			var i int
			if _, err := fmt.Sscan(doc.Text, &i); err != nil {
				return event.Event{}, err
			}
			severity := "warning"
			if slices.Contains(bad, i) {
				severity = "critical"
			}
			time.Sleep(time.Duration(i%7) * 10 * time.Microsecond) // so that later ones finish earlier
			return event.Event{Alert: &event.Alert{Summary: doc.Text, Severity: severity}}, nil
		},
		Emit: func(index int, message webhook.Message) error {
			if fmt.Sprint(index) != string(message.Body) {
				return fmt.Errorf("message %d is %q", index, message.Body)
			}
			*got = append(*got, string(message.Body))
			return nil
		},
	}, got
}

// TestStreamHuge checks that messages too large to wait for one another come in the
// order of the events.
func TestStreamHuge(t *testing.T) {
	t.Parallel()
	tmpl, err := webhook.Parse(event.KindAlert, "t", `{{ range 3 }}{{ printf "%999999d" 1 }}{{ end }}{{ .Summary }}`)
	if err != nil {
		t.Fatal(err)
	}
	stream, _ := numbered(t, 70)
	stream.Template = tmpl
	emitted := 0
	stream.Emit = func(index int, message webhook.Message) error {
		if want := fmt.Sprint(index); index != emitted || string(message.Body[3*999_999:]) != want {
			return fmt.Errorf("message %d ends in %q", index, message.Body[3*999_999:])
		}
		emitted++
		return nil
	}
	if err := stream.Run(t.Context()); err != nil || emitted != 70 {
		t.Errorf("%d messages, %v", emitted, err)
	}
}

// TestStreamOrder checks that messages come in the order of the events, across many
// batches and one at a time.
func TestStreamOrder(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 63, 64, 65, 1000} {
		for _, follow := range []bool{false, true} {
			s, got := numbered(t, n)
			s.Follow = follow
			if err := s.Run(t.Context()); err != nil || len(*got) != n {
				t.Errorf("%d events, follow %v: %d messages, %v", n, follow, len(*got), err)
			}
		}
	}
}

// TestStreamError checks that an error in the middle ends the stream, after all
// messages before it.
func TestStreamError(t *testing.T) {
	t.Parallel()
	for _, bad := range []int{0, 1, 63, 64, 500} {
		s, got := numbered(t, 1000, bad)
		err := s.Run(t.Context())
		var wrong *webhook.TemplateError
		if !errors.As(err, &wrong) || len(*got) != bad {
			t.Errorf("event %d fails: %d messages, %v", bad, len(*got), err)
		}
	}
}

// TestStreamOnError checks that the stream continues after events that fail, and
// reports each in its place.
func TestStreamOnError(t *testing.T) {
	t.Parallel()
	s, got := numbered(t, 300, 0, 64, 65, 299)
	var failed []int
	s.OnError = func(index int, doc event.Document, err error) error {
		if doc.Text != fmt.Sprint(index) || err == nil || len(*got)+len(failed) != index {
			t.Errorf("event %d: %q, %v after %d messages", index, doc.Text, err, len(*got))
		}
		failed = append(failed, index)
		return nil
	}
	// Emit compares the index with the message.
	if err := s.Run(t.Context()); err != nil || len(*got) != 296 || !slices.Equal(failed, []int{0, 64, 65, 299}) {
		t.Errorf("%d messages, failed %v, %v", len(*got), failed, err)
	}
	s, _ = numbered(t, 300, 10)
	stop := errors.New("stop")
	s.OnError = func(int, event.Document, error) error { return stop }
	if err := s.Run(t.Context()); !errors.Is(err, stop) {
		t.Errorf("the error of OnError is lost: %v", err)
	}
}

// TestStreamLines checks that lines that are not events are reported in their place, and
// that the events after them are rendered.
func TestStreamLines(t *testing.T) {
	t.Parallel()
	tmpl, err := webhook.Parse(event.KindAlert, "t", "{{ .Summary }}")
	if err != nil {
		t.Fatal(err)
	}
	const text = `{"summary":"a"}` + "\nbad line\n\n[1]\n}\n" + `{"summary":"b"` + "\n" + `{"summary":"c"}` + "\n" + `{"summary":"d"}`
	want := []string{"a", "!bad line", "![1]", "!}", `!{"summary":"b"`, "c", "d"}
	for _, follow := range []bool{false, true} {
		decoder := event.NewDecoder(strings.NewReader(text), "events")
		decoder.Lines = true
		var got []string
		err := webhook.Stream{
			Template: tmpl, Follow: follow, Next: decoder.Next,
			Decode: func(doc event.Document) (event.Event, error) {
				ev, _, err := doc.Decode(event.KindAlert)
				return ev, err
			},
			Emit: func(_ int, m webhook.Message) error { got = append(got, string(m.Body)); return nil },
			OnError: func(_ int, doc event.Document, _ error) error {
				got = append(got, "!"+doc.Text)
				return nil
			},
		}.Run(t.Context())
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("follow %t: got %q, %v", follow, got, err)
		}
	}
}

// TestStreamCancelled checks that a cancelled stream ends soon, having emitted a
// prefix.
func TestStreamCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s, got := numbered(t, 1_000_000)
	emit := s.Emit
	s.Emit = func(index int, message webhook.Message) error {
		if index == 100 {
			cancel()
		}
		return emit(index, message)
	}
	s.OnError = func(int, event.Document, error) error { return nil }
	err := s.Run(ctx)
	if err == nil || len(*got) > 100_000 {
		t.Errorf("%d messages, %v", len(*got), err)
	}
}

// TestStreamEmitFails checks that the stream stops when Emit fails.
func TestStreamEmitFails(t *testing.T) {
	t.Parallel()
	s, _ := numbered(t, 10_000)
	full := errors.New("the disk is full")
	s.Emit = func(index int, _ webhook.Message) error {
		if index == 200 {
			return full
		}
		return nil
	}
	if err := s.Run(t.Context()); !errors.Is(err, full) {
		t.Errorf("the error is %v", err)
	}
}

// TestStreamSlow checks that the number of events read ahead of a slow reader is
// bounded, whatever their total.
func TestStreamSlow(t *testing.T) {
	t.Parallel()
	const events = 3_000
	s, got := numbered(t, events)
	var read atomic.Int64
	next := s.Next
	s.Next = func() (event.Document, error) { read.Add(1); return next() }
	most := int64(0)
	emit := s.Emit
	s.Emit = func(index int, message webhook.Message) error {
		if index%1000 == 0 {
			runtime.Gosched() // lets the stream read on, if it would
		}
		most = max(most, read.Load()-int64(index))
		return emit(index, message)
	}
	if err := s.Run(t.Context()); err != nil || len(*got) != events {
		t.Errorf("%d messages, %v", len(*got), err)
	}
	if batches := int64(3*runtime.GOMAXPROCS(0) + 3); most > 64*batches {
		t.Errorf("%d events were read ahead, more than %d batches of 64", most, batches)
	}
}

// TestStreamFollow checks that a message is emitted before the next event is there.
func TestStreamFollow(t *testing.T) {
	t.Parallel()
	tmpl, err := webhook.Parse(event.KindAlert, "t", "{{ .Summary }}")
	if err != nil {
		t.Fatal(err)
	}
	in, feed := io.Pipe()
	decoder := event.NewDecoder(in, "events")
	emitted := make(chan string)
	done := make(chan error, 1)
	go func() {
		done <- webhook.Stream{
			Template: tmpl, Follow: true, Next: decoder.Next,
			Decode: func(doc event.Document) (event.Event, error) {
				ev, _, err := doc.Decode(event.KindAlert)
				return ev, err
			},
			Emit: func(_ int, m webhook.Message) error { emitted <- string(m.Body); return nil },
		}.Run(t.Context())
	}()
	for i := range 3 {
		fmt.Fprintf(feed, `{"summary":"event %d"}`+"\n", i)
		select {
		case got := <-emitted:
			if want := fmt.Sprintf("event %d", i); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		case err := <-done:
			t.Fatalf("the stream ended before event %d: %v", i, err)
		}
	}
	feed.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
