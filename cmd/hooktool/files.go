package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

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
	if bytes.IndexByte(text, 0) >= 0 {
		return templateSource{}, badFile(name, "a template is a text file", "this is a binary file")
	}
	if isYAML(name) {
		if file, _ := config.ParseDocuments(name, text, a.settingNames(), config.WithEnvironment(a.environment())); len(file.Webhooks) > 0 {
			return templateSource{}, &codedError{
				code: exitUsage, path: name, err: errors.New("this is no template, but a configuration with webhooks"),
				hint: fmt.Sprintf("choose one of its webhooks: --config %s --webhook %s", path, file.Webhooks[0].Name),
			}
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
		return nil, badFile(path, "", "the file is larger than %d bytes", limit)
	}
	return b, nil
}

// checkFiles finds files that are not there before the first of them is read.
// It does not open them, because a named pipe can be opened only once.
func checkFiles(paths []string) error {
	for _, path := range paths {
		if path == "-" {
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return readError(path, err)
		}
		if info.IsDir() {
			return errFolder(path)
		}
	}
	return nil
}

func errFolder(path string) error {
	return badFile(path, "give a file, or - for standard input", "this is a folder")
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
		return nil, errFolder(path)
	}
	return f, nil
}

func readError(path string, err error) error {
	if path == "" {
		return usageError("is a variable of the shell empty?", "the path of a file is empty")
	}
	var inPath *os.PathError
	if errors.As(err, &inPath) {
		return &codedError{code: exitFailed, err: inPath, path: path, hint: similarFile(path)}
	}
	return badFile(path, "", "%w", err)
}

// badFile is a file that cannot be used.
func badFile(path, hint, format string, args ...any) error {
	return &codedError{code: exitFailed, err: fmt.Errorf(format, args...), path: path, hint: hint}
}

// shorten writes a path relative to a folder when it lies in it.
func shorten(path, dir string) string {
	if relative, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// similarFile looks beside a missing file for one with nearly its name.
func similarFile(path string) string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	base, ext := filepath.Base(path), filepath.Ext(path)
	var stems, names []string // that two names end alike makes them no more alike
	for _, entry := range entries {
		if stem, ok := strings.CutSuffix(entry.Name(), ext); ok && stem != "" {
			stems = append(stems, stem)
		}
		names = append(names, entry.Name())
	}
	nearest := words.Nearest(strings.TrimSuffix(base, ext), stems)
	if nearest != "" {
		nearest += ext
	} else if ext == "" || len(stems) == 0 {
		nearest = words.Nearest(base, names)
	}
	if nearest == "" || nearest == base {
		return ""
	}
	return words.DidYouMean(filepath.Join(filepath.Dir(path), nearest))
}
