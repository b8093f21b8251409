package report

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// briefEvent and briefBody are how many columns of an event and of a body are shown by
// default.
const (
	briefEvent = 160
	briefBody  = 72
)

// evidence shows the event that exposes a mistake, and the resulting place in the body.
func (t *textWriter) evidence(e lint.Evidence) {
	if text := t.eventText(e); text != "" {
		t.wrap("  "+t.style.Dim("event:")+" ", text, len("  event: "))
	}
	if len(e.Body) > 0 {
		t.body(e)
	}
	if e.Error != "" {
		t.wrap("  "+t.style.Dim("error:")+" ", visible(e.Error), len("  error: "))
	}
}

// ShortEvent describes the event of an evidence in one line.
func ShortEvent(e lint.Evidence) string { return (&textWriter{}).eventText(e) }

func (t *textWriter) eventText(e lint.Evidence) string {
	name := cmp.Or(e.Sample, e.About)
	if name != "" && !t.o.Verbose {
		return name
	}
	if text := Differences(e.Event); text != "" && !t.o.Verbose {
		return visible(text)
	}
	object, err := event.Marshal(e.Event)
	if err != nil { // the event was too long to keep
		return name
	}
	text := visible(string(object))
	if !t.o.Verbose {
		text = words.Cut(text, briefEvent)
	}
	return text
}

// body shows the wrong line of the body with a caret. If nothing is before the place on
// its line, it also shows the line before.
func (t *textWriter) body(e lint.Evidence) {
	body := string(e.Body)
	if e.Offset < 0 || e.Offset > len(body) {
		if t.o.Verbose {
			fmt.Fprintf(t.w, "  %s %s\n", t.style.Dim("body: "), visible(body))
		}
		return
	}
	at := e.Offset
	start := strings.LastIndexByte(body[:at], '\n') + 1
	if strings.Trim(body[start:], blanks) == "" { // the body ends too early: before empty lines
		at = len(strings.TrimRight(body[:at], blanks))
		start = strings.LastIndexByte(body[:at], '\n') + 1
	}
	end := len(body)
	if i := strings.IndexByte(body[at:], '\n'); i >= 0 {
		end = at + i
	}
	width := t.bodyWidth()
	label := t.style.Dim("body: ")
	if before := strings.TrimRight(body[:start], blanks); before != "" && strings.Trim(body[start:at], blanks) == "" {
		before = before[strings.LastIndexByte(before, '\n')+1:]
		column := utf8.RuneCountInString(before) + 1
		line, _ := underline(before, column, column, width)
		fmt.Fprintf(t.w, "  %s %s\n", label, line)
		label = "      "
	}
	column := utf8.RuneCountInString(body[start:at]) + 1
	line, caret := underline(body[start:end], column, column+1, width)
	fmt.Fprintf(t.w, "  %s %s\n", label, line)
	fmt.Fprintf(t.w, "         %s\n", caret.colour(t.style.Red))
}

// bodyWidth is how many columns of a body are shown; 0: all.
func (t *textWriter) bodyWidth() int {
	switch {
	case t.o.Verbose:
		return 0
	case t.o.Width > 0:
		return min(max(t.o.Width-len("  body:  "), minSnippet), briefBody)
	}
	return briefBody
}

// blanks are the spaces of JSON.
const blanks = " \t\r\n"
