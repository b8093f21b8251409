package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// inputFlags are the flags that say which template meets which event. They mean
// the same in every command that has them.
type inputFlags struct {
	kind         string
	destination  string
	customFields []string
	sets         []string
	sample       string
	webhook      string
	strict       bool
	limits       webhook.Limits
}

func (f *inputFlags) register(cmd *cobra.Command) {
	f.limits = webhook.DefaultLimits()
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.kind, "type", "t", "", "the `kind` of the template: incident, deployment or alert")
	flags.StringVarP(&f.destination, "destination", "d", "", "the `name` of the receiving system, such as telegram")
	flags.StringArrayVar(&f.customFields, "custom-field", nil, "add a custom field of the webhook, as `KEY=VALUE`; repeatable")
	flags.StringArrayVar(&f.sets, "set", nil, "change a field of the event, as `PATH=VALUE`; repeatable")
	flags.StringVar(&f.sample, "sample", "", "use the built-in event of this `name`; see hooktool samples")
	flags.StringVarP(&f.webhook, "webhook", "w", "", "use the webhook of this `name` in the configuration")
	flags.BoolVar(&f.strict, "strict", false, "treat warnings about the event as errors")
	flags.DurationVar(&f.limits.Time, "max-time", f.limits.Time, "stop a template that runs longer")
	flags.IntVar(&f.limits.Output, "max-output", f.limits.Output, "stop a template that prints more `bytes`")
	completeWith(cmd, "type", kindNames()...)
	completeWith(cmd, "sample", sampleNames()...)
}

func kindNames() []string {
	var names []string
	for _, kind := range event.Kinds() {
		names = append(names, kind.String())
	}
	return names
}

// maxTemplateSize bounds what is read as a template, in bytes.
const maxTemplateSize = 16 << 20

// stdinName is how standard input is called in messages.
const stdinName = "<stdin>"

// templateSource is a template that was read but not yet parsed.
type templateSource struct {
	path string     // for messages
	text string     //
	kind event.Kind // empty when nothing says it
}

// readTemplate reads a template; "-" is standard input.
func (a *app) readTemplate(path string) (templateSource, error) {
	text, err := a.readAll(path, maxTemplateSize)
	if err != nil {
		return templateSource{}, err
	}
	name := path
	if path == "-" {
		name = stdinName
	}
	if !utf8.Valid(text) {
		if i := strings.IndexByte(string(text), 0); i >= 0 {
			return templateSource{}, failed("a template is a text file", "%s: this is a binary file", name)
		}
	}
	kind, err := webhook.DetectKind(name, string(text))
	if err != nil {
		return templateSource{}, usageError("", "%w", err)
	}
	return templateSource{path: name, text: string(text), kind: kind}, nil
}

// readAll reads a whole file up to a limit.
func (a *app) readAll(path string, limit int64) ([]byte, error) {
	r, err := a.open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, readError(path, err)
	}
	if int64(len(b)) > limit {
		return nil, failed("", "%s: the file is larger than %d bytes", path, limit)
	}
	return b, nil
}

// open opens a file for reading; "-" is standard input.
func (a *app) open(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.in), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, readError(path, err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, failed("give a file, or - for standard input", "%s: this is a folder", path)
	}
	return f, nil
}

func readError(path string, err error) error {
	var inPath *os.PathError
	if errors.As(err, &inPath) {
		return &codedError{code: exitFailed, err: fmt.Errorf("%s: %s", path, plainPathError(inPath)), hint: similarFile(path)}
	}
	return failed("", "%s: %w", path, err)
}

// similarFile looks beside a missing file for one with nearly its name.
func similarFile(path string) string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if nearest := nearestWord(filepath.Base(path), names); nearest != "" {
		return fmt.Sprintf("did you mean %s?", filepath.Join(filepath.Dir(path), nearest))
	}
	return ""
}

// resolveKind decides the kind of a template in the documented order; known is
// what the template says of itself.
func (f *inputFlags) resolveKind(known event.Kind) (event.Kind, error) {
	if f.kind == "" {
		return known, nil
	}
	kind, err := event.ParseKind(f.kind)
	if err != nil {
		hint := ""
		if nearest := nearestWord(f.kind, kindNames()); nearest != "" {
			hint = fmt.Sprintf("did you mean %s?", nearest)
		}
		return "", usageError(hint, "--type: %w", err)
	}
	return kind, nil
}

// errNoKind lists the ways to say the kind of a template.
func errNoKind(path string) error {
	return usageError(`say it in one of these ways:
--type incident, --type deployment or --type alert
a comment in the template: {{/* hooktool: type=alert */}}
one of the words incident, deployment and alert in the file's name
an event given with the template`, "%s: the kind of this template is not known", path)
}

// pairs splits KEY=VALUE flags.
func pairs(flag string, values []string) ([][2]string, error) {
	var list [][2]string
	for _, value := range values {
		key, text, ok := strings.Cut(value, "=")
		if !ok || key == "" {
			return nil, usageError(fmt.Sprintf("write --%s KEY=VALUE", flag), "--%s %q has no key and value", flag, value)
		}
		list = append(list, [2]string{key, text})
	}
	return list, nil
}
