package destination

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/words"
)

// never is the check of the schema false.
func never(v *Value) []fault {
	return []fault{{at: v, keyword: "false", message: "it is not allowed"}}
}

func compileType(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	var names []string
	switch value.Kind {
	case String:
		names = []string{value.Text}
	default:
		for _, name := range value.Elems() {
			names = append(names, name.Str())
		}
	}
	return func(v *Value) []fault {
		if slices.Contains(names, string(v.Kind)) || v.Is(Number) && slices.Contains(names, "integer") && isInteger(v) {
			return nil
		}
		hint := ""
		if v.Is(Null) {
			hint = "leave out the field when there is nothing to say"
		}
		message := fmt.Sprintf("it must be %s, not %s", kindNames(names), withArticle(string(v.Kind)))
		return []fault{{at: v, keyword: "type", message: message, hint: hint}}
	}, nil
}

func compileConst(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	return func(v *Value) []fault {
		if equalValues(v, value) {
			return nil
		}
		return []fault{{at: v, keyword: "const", message: fmt.Sprintf("it must be %s, not %s", literal(value), literal(v))}}
	}, nil
}

func compileEnum(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	var literals, texts []string
	for _, choice := range value.Elems() {
		literals = append(literals, literal(choice))
		if choice.Is(String) {
			texts = append(texts, choice.Text)
		}
	}
	return func(v *Value) []fault {
		if slices.ContainsFunc(value.Elems(), func(choice *Value) bool { return equalValues(v, choice) }) {
			return nil
		}
		found := fault{at: v, keyword: "enum", message: fmt.Sprintf("it must be one of %s, not %s", strings.Join(literals, ", "), literal(v))}
		if nearest := words.Nearest(v.Str(), texts); nearest != "" {
			found.hint = words.DidYouMean(strconv.Quote(nearest))
		}
		return []fault{found}
	}, nil
}

func compileFormat(_ *compiler, object, value *Value) (func(*Value) []fault, error) {
	if value.Str() != "date-time" {
		return nil, fmt.Errorf("%s: unknown format %q", object.Path(), value.Str())
	}
	form := regexp.MustCompile(`(?i)^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
	return func(v *Value) []fault {
		if !v.Is(String) || form.MatchString(v.Text) && isTime(strings.ToUpper(v.Text)) {
			return nil
		}
		return []fault{{at: v, keyword: "format", message: quoteShort(v.Text) + " is not a date-time"}}
	}, nil
}

// isTime reports whether a text in the form of RFC 3339 is a real time. A leap second
// is valid at the end of a day in UTC.
func isTime(text string) bool {
	leap := text[17:19] == "60"
	if leap {
		text = text[:17] + "59" + text[19:]
	}
	t, err := time.Parse(time.RFC3339, text)
	return err == nil && (!leap || t.UTC().Format("15:04") == "23:59")
}

func compileMinLength(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	least, err := strconv.Atoi(value.Text)
	return func(v *Value) []fault {
		if !v.Is(String) || utf8.RuneCountInString(v.Text) >= least {
			return nil
		}
		return []fault{{at: v, keyword: "minLength", message: tooFew(utf8.RuneCountInString(v.Text), least, "characters")}}
	}, err
}

func compileMaxLength(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	most, err := strconv.Atoi(value.Text)
	return func(v *Value) []fault {
		if !v.Is(String) || len(v.Text) <= most || utf8.RuneCountInString(v.Text) <= most {
			return nil
		}
		return []fault{{at: v, keyword: "maxLength", passed: Limit{Max: most, Unit: CodePoints}, count: utf8.RuneCountInString(v.Text)}}
	}, err
}

func compilePattern(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	pattern, err := regexp.Compile(value.Str())
	return func(v *Value) []fault {
		if !v.Is(String) || pattern.MatchString(v.Text) {
			return nil
		}
		message := fmt.Sprintf("%s does not have the required form: %s", quoteShort(v.Text), pattern)
		return []fault{{at: v, keyword: "pattern", message: message}}
	}, err
}

func compileMinimum(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	return func(v *Value) []fault {
		if !v.Is(Number) || number(v) >= number(value) {
			return nil
		}
		return []fault{{at: v, keyword: "minimum", message: fmt.Sprintf("it must be at least %s, not %s", value.Text, v.Text)}}
	}, nil
}

func compileMaximum(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	return func(v *Value) []fault {
		if !v.Is(Number) || number(v) <= number(value) {
			return nil
		}
		return []fault{{at: v, keyword: "maximum", message: fmt.Sprintf("it must be at most %s, not %s", value.Text, v.Text)}}
	}, nil
}

// number returns a number as a float64, which takes bounded time for every exponent. A
// number that is too large is infinite.
func number(v *Value) float64 {
	f, _ := strconv.ParseFloat(v.Text, 64) // a number of JSON; out of range it is infinite
	return f
}

func isInteger(v *Value) bool { return math.Trunc(number(v)) == number(v) }

// equalValues reports whether two values are equal in the sense of JSON Schema.
func equalValues(a, b *Value) bool {
	return jsontree.Equal(a, b, func(a, b *Value) bool { return number(a) == number(b) })
}

// tooFew words that there are fewer of something than required.
func tooFew(got, least int, things string) string {
	if got == 0 {
		return "it must not be empty"
	}
	return fmt.Sprintf("it must have at least %d %s, not %d", least, things, got)
}
