package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// BadDay is the last day of an [Ignore] that is no day of the calendar, or not written
// as one.
type BadDay struct {
	Start, End int
	Text       string    // empty if no day follows the word until
	Meant      time.Time // zero if that is not clear
}

var (
	untilWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:until+|till?)\b(?:\s*[:=])?\s*`) })
	rightDay  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\b`) })
	// likeDay is what people write for a day: numbers of which one can be a year, or with
	// a month by name. A version such as 1.19.1 or a number of things is none.
	likeDay = sync.OnceValue(func() *regexp.Regexp {
		const month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
		const year, short, mark = `(?:19|20)\d\d`, `\d{1,3}`, `\s?[-./\x{2010}-\x{2015}]\s?`
		return regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
			year + mark + short + `(?:` + mark + short + `)?`,
			short + mark + short + mark + year,
			short + mark + year,
			short + `[-/]` + short + `[-/]` + short,
			`\d{1,2}(?:st|nd|rd|th)?[ -]` + month + `(?:,?[ -]\d{2,4})?`,
			month + ` \d{1,2}(?:st|nd|rd|th)?(?:,? ` + year + `)?`,
			month + `[ -]` + year,
			year + `\d{4}`,
			year,
		}, "|") + `)\b`)
	})
	numbers = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d+`) })
)

// isUntil reports whether a text begins with the word until.
func isUntil(text string) bool {
	at := untilWord().FindStringIndex(text)
	return at != nil && at[0] == 0
}

// readDay reads the last day in the part of a text from an offset. An until that no day
// follows belongs to the reason, unless nothing else follows the rules.
func (ig *Ignore) readDay(text string, offset int) {
	for _, word := range untilWord().FindAllStringIndex(text[offset:], -1) {
		start, at := offset+word[0], offset+word[1]
		rest := text[at:]
		if day := rightDay().FindString(rest); day != "" {
			until, err := time.Parse(time.DateOnly, day)
			if err != nil {
				ig.BadDay = &BadDay{at, at + len(day), day, meantDay(day)}
			}
			ig.Until = until
			return
		}
		if day := likeDay().FindString(rest); day != "" {
			ig.BadDay = &BadDay{at, at + len(day), day, meantDay(day)}
			return
		}
		if rest == "" && strings.TrimSpace(text[offset:start]) == "" {
			ig.BadDay = &BadDay{Start: start, End: start + len(strings.TrimRight(text[start:], " \t\r\n"))}
			return
		}
	}
}

// Hint says how to write the day that was meant.
func (b *BadDay) Hint() string {
	if b.Meant.IsZero() {
		return "write until and a day such as 2027-01-31"
	}
	return "write until " + b.Meant.Format(time.DateOnly)
}

// Message says what is wrong with the day.
func (b *BadDay) Message() string {
	if b.Text == "" {
		return "no day follows until, so this comment never expires"
	}
	return fmt.Sprintf("%q is not a day in the form YYYY-MM-DD, so this comment never expires", b.Text)
}

// meantDay returns the day that a wrong one probably means: with a number that is too
// large made as large as it can be. It is zero if the order of the numbers is not clear.
func meantDay(text string) time.Time {
	parts := numbers().FindAllString(text, -1)
	if len(parts) == 1 && len(text) == len("20270131") {
		parts = []string{text[:4], text[4:6], text[6:]}
	}
	if len(parts) != 3 {
		return time.Time{}
	}
	dots := strings.Count(text, ".") == 2
	if dots && len(parts[2]) == 4 { // 31.01.2027
		parts[0], parts[2] = parts[2], parts[0]
	}
	if len(parts[0]) != 4 {
		return time.Time{}
	}
	year, _ := strconv.Atoi(parts[0]) // they are digits
	month, _ := strconv.Atoi(parts[1])
	day, _ := strconv.Atoi(parts[2])
	if month > 12 && day <= 12 {
		month, day = day, month
	}
	month = min(max(month, 1), 12)
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(year, time.Month(month), min(max(day, 1), last), 0, 0, 0, 0, time.UTC)
}
