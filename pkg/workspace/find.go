package workspace

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"github.com/hooktool/hooktool/pkg/config"
)

// The sizes up to which files are read, in bytes.
const (
	maxTemplateSize = 16 << 20
	maxSearchedYAML = 8 << 20 // for a file found in a folder that may have nothing to do with Coroot
)

// Source is a place where templates are: a file, a document with webhooks, or a
// webhook of the configuration.
type Source struct {
	Path string // as the user wrote it, or as it was found; "-" is standard input

	hook *config.Webhook // of the configuration
	read *file           // set if the search has read it
	err  error           // why nothing can be read here

	// chosen is false for a template that is here only because it is in a folder, or
	// has changed.
	chosen bool
}

// Find lists where the templates are that the user means by paths: files, folders, and
// "-" for standard input. Of files with webhooks and of folders it lists what belongs to
// the webhooks in Said, if there are any. Without paths they are those of the webhooks in Said, or if
// there are none, of all webhooks of the configuration and of the current folder.
//
// A template that is found in two ways is listed once, with its webhook. Errors of
// single paths come from Open; the error of Find is about the choice as a whole.
func (w *Workspace) Find(paths ...string) ([]*Source, error) {
	f := &finder{Workspace: w, listed: map[string]bool{}, folders: map[string]string{}, owned: map[string]bool{}}
	for _, path := range paths {
		f.path(path)
	}
	said, err := w.said()
	if err != nil && !slices.ContainsFunc(paths, mayDefine) {
		return nil, err
	}
	switch {
	case len(paths) > 0:
	case len(said) > 0:
		for _, hook := range said {
			f.webhook(hook)
		}
	default:
		for _, hook := range w.webhooks {
			f.webhook(hook)
		}
		f.folder(".", false)
	}
	if sources := f.sources(); len(sources) > 0 || w.o.SkipUnrelated {
		return sources, nil
	}
	if len(w.o.Webhooks) > 0 && len(paths) > 0 {
		return nil, w.noneIn(paths...)
	}
	return nil, &Error{Usage: true, Hint: "give files or folders, or define webhooks in " + config.FileName, Err: errEmpty}
}

// finder collects sources. Template files come last, because a document anywhere in the
// list may own them.
type finder struct {
	*Workspace
	found   []*Source
	listed  map[string]bool   // by the real path of a file
	folders map[string]string // their real paths
	owned   map[string]bool   // template files of the webhooks that are listed, by their real paths
}

// sources leaves out the files that belong to a webhook that is also listed, and those
// found that have nothing to do with Coroot.
func (f *finder) sources() []*Source {
	var sources []*Source
	files := map[string]bool{}
	for _, s := range f.found {
		isFile := s.hook == nil && s.read == nil && s.err == nil
		switch {
		case isFile && f.isOwned(s.Path), isFile && f.isTwin(files, s.Path):
		case isFile && !s.chosen && f.isUnrelated(s):
			if f.o.Skipped != nil {
				f.o.Skipped(s.Path)
			}
		default:
			sources = append(sources, s)
		}
	}
	return sources
}

func (f *finder) isOwned(path string) bool {
	if len(f.owned) == 0 {
		return false
	}
	real, err := f.o.Files.Real(path)
	return err == nil && f.owned[real]
}

// isTwin reports whether a template of a webhook is among files, which are real paths,
// under another name. Otherwise it adds it to them.
func (f *finder) isTwin(files map[string]bool, path string) bool {
	real, err := f.o.Files.Real(path)
	if err != nil || path == "-" {
		return false
	}
	if files[real] {
		owners, err := f.ownersOf(path)
		return err == nil && len(owners) > 0
	}
	files[real] = true
	return false
}

func (f *finder) add(s *Source) { f.found = append(f.found, s) }

// webhook lists a webhook of the configuration.
func (f *finder) webhook(hook config.Webhook) {
	f.add(&Source{Path: hook.Path, hook: &hook})
	f.list(hook.Path)
	f.take(hook)
}

// take remembers the template files of a webhook that is listed.
func (f *finder) take(hook config.Webhook) {
	for _, t := range hook.Templates {
		if !t.File {
			continue
		}
		f.follow(t.Path)
		if real, err := f.o.Files.Real(t.Path); err == nil {
			f.owned[real] = true
		}
	}
}

// list reports whether a file is new to the list, and adds it.
func (f *finder) list(path string) bool {
	key := path
	switch {
	case path == "-":
	case IsYAML(path):
		if real, err := f.o.Files.Real(path); err == nil {
			key = real
		}
	default: // a symbolic link counts as a template of its own, unless it is a webhook's: its name may say another kind
		key = filepath.Join(f.realFolder(filepath.Dir(path)), filepath.Base(path))
	}
	fresh := !f.listed[key]
	f.listed[key] = true
	return fresh
}

// realFolder returns the real path of a folder, or the folder itself.
func (f *finder) realFolder(dir string) string {
	real, ok := f.folders[dir]
	if !ok {
		var err error
		if real, err = f.o.Files.Real(dir); err != nil {
			real = dir
		}
		f.folders[dir] = real
	}
	return real
}

// path lists what a path names.
func (f *finder) path(path string) {
	info, err := f.o.Files.Stat(path)
	switch {
	case path == "-":
	case path == "":
		f.add(&Source{err: ErrNoPath})
		return
	case err == nil && info.IsDir():
		f.folder(path, !f.o.SkipUnrelated)
		return
	case err == nil && info.Mode().IsRegular() && IsYAML(path):
		f.document(path, !f.o.SkipUnrelated)
		return
	default:
		f.follow(path)
	}
	if f.list(path) {
		f.add(&Source{Path: path, chosen: !f.o.SkipUnrelated})
	}
}

// folder lists the templates in and below a folder. A folder that the user named must
// hold at least one.
func (f *finder) folder(dir string, named bool) {
	paths, folders, errs := Walk(f.o.Files, dir, func(path string) bool { return IsTemplate(path) || IsYAML(path) })
	for _, folder := range folders {
		f.follow(filepath.Join(folder, "*"))
	}
	before := len(f.found)
	for _, path := range paths {
		switch {
		case IsYAML(path):
			f.document(path, false)
		case f.meansFile(path) && f.list(path):
			f.add(&Source{Path: path})
		}
	}
	for _, err := range errs {
		f.add(&Source{Path: dir, err: err})
	}
	if named && len(f.o.Webhooks) == 0 && len(f.found) == before && !f.listsIn(paths) {
		f.add(&Source{Path: dir, err: badFile(dir, "templates end in .tmpl, .gotmpl or .tpl; webhooks are in YAML files", "there is %w", errNoTemplate)})
	}
}

// listsIn reports whether one of these files is listed.
func (f *finder) listsIn(paths []string) bool {
	for _, path := range paths {
		if IsTemplate(path) {
			return true
		}
		if real, err := f.o.Files.Real(path); err == nil && f.listed[real] {
			return true
		}
	}
	return false
}

// document lists a YAML file. One that the user did not name and that does not look as
// if it had webhooks is skipped: most YAML files have nothing to do with Coroot.
func (f *finder) document(path string, named bool) {
	data, err := f.search(path, named)
	switch {
	case err != nil:
		if f.list(path) {
			f.add(&Source{Path: path, err: err})
		}
		return
	case !named && !mentionsWebhooks(data):
		return
	}
	doc := f.parse(path, path, data)
	if !named && len(doc.config.Webhooks) == 0 && (errors.Is(doc.err, config.ErrNoWebhooks) || doc.err == nil || !looksLikeWebhooks(data)) {
		return
	}
	f.follow(path)
	meant := f.meantIn(doc)
	if len(meant) == 0 && len(doc.config.Webhooks) > 0 || !f.list(path) {
		return
	}
	f.meet(meant)
	for _, hook := range meant {
		f.take(hook)
	}
	f.add(&Source{Path: path, read: doc})
}

// search reads a YAML file. One that was found, rather than named, has no data if it is too
// long to be searched, and may be a configuration that cannot be trusted.
func (f *finder) search(path string, named bool) ([]byte, error) {
	if !named {
		if f.o.Trust != nil && filepath.Base(path) == config.FileName {
			if err := f.o.Trust(path); err != nil {
				return nil, &Error{Usage: true, Err: err}
			}
		}
		if info, err := f.o.Files.Stat(path); err == nil && info.Size() > maxTemplateSize {
			return nil, nil
		}
	}
	return f.o.Files.ReadFile(path, maxTemplateSize)
}

// mentionsWebhooks reports whether a file is worth parsing, or explaining why it cannot
// be.
func mentionsWebhooks(data []byte) bool {
	return bytes.Contains(letters(data), []byte("webhook")) && (len(data) <= maxSearchedYAML || looksLikeWebhooks(data))
}

// letters returns a file without the zeros that UTF-16 has between its letters.
func letters(data []byte) []byte {
	if bytes.IndexByte(data, 0) < 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte{0}, nil)
}

// looksLikeWebhooks reports whether a file that cannot be parsed is meant to define
// webhooks, judging by its keys.
func looksLikeWebhooks(data []byte) bool {
	data = letters(data)
	return webhookKeys().Match(data) || bytes.HasPrefix(data, []byte("webhooks:")) && !bytes.Contains(data, []byte("apiVersion:"))
}

var webhookKeys = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(?:^|[\s"'{,-])(?:notificationIntegrations|(?:incident|deployment|alert)Template(?:File)?)["']?[ \t]*:`)
})

// SomeTemplates is like Templates, but that there are none is an error.
func (w *Workspace) SomeTemplates(path string) ([]Template, error) {
	templates, err := w.Templates(path)
	if len(templates) == 0 && err == nil {
		err = w.NoTemplate(path)
	}
	return templates, err
}

// Templates returns all templates at a path, or without one those that Find lists,
// unusable ones included. The error joins the problems of what could not be read; the
// rest is returned all the same.
func (w *Workspace) Templates(path string) ([]Template, error) {
	var paths []string
	if path != "" {
		paths = []string{path}
	}
	sources, err := w.Find(paths...)
	if err != nil {
		return nil, err
	}
	var (
		all  []Template
		errs []error
	)
	for _, s := range sources {
		contents, err := w.Open(s)
		if err != nil {
			errs = append(errs, err)
		}
		all = append(all, contents.Templates...)
	}
	return all, errors.Join(errs...)
}
