// Package config reads the definitions of webhooks from where they live: hooktool's own
// configuration file, Coroot's configuration, the operator's resource and Helm values,
// all of them YAML (see ParseDocuments). It knows where in the file everything is, down
// to each byte of a template, and puts a changed template back in its place (see
// File.Apply).
//
// This is hooktool's own file, .hooktool.yaml:
//
//	webhooks:
//	  telegram:
//	    url: https://api.telegram.org/bot${TELEGRAM_TOKEN}/sendMessage
//	    customFields:
//	      environment: production
//	    incidents: true
//	    incidentTemplateFile: templates/incident.tmpl
//
// The keys are those of Coroot's configuration file (notificationIntegrations.webhook),
// so that a block can be copied from one to the other. There are two additions:
// destination, and a …TemplateFile for each template. Unlike viper this package keeps
// the case of keys, which matters for custom fields, and knows the line of everything.
//
// The other keys at the top level of the file are settings, which correspond to
// command-line flags; this package only knows their names.
package config

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/internal/project"
)

// FileName is the name of a project's configuration file.
const FileName = ".hooktool.yaml"

// File is a configuration file.
type File struct {
	Path     string
	Webhooks []Webhook   // in the order of the file
	Settings []Setting   // the other keys of hooktool's own format, in the order of the file
	Rules    []PathRules // of validate; the last one that matches a file wins

	Projects []Project // Coroot's projects, with or without a webhook

	root *layer
}

// Find looks for FileName in a folder, and then in its parents up to the root of the
// repository or the user's home. Outside of both, only the folder itself counts. It
// returns "" if there is none. Whether the file may be used is up to project.Trust.
func Find(dir string) string { return FindIn(dir, nil) }

// FindIn is Find for a folder with files that are not on disk; unsaved reports which.
func FindIn(dir string, unsaved func(path string) bool) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	return project.Find(dir, home, FileName, unsaved)
}

// topSetting returns a top-level key with its place.
func (r *reader) topSetting(at, value node) Setting {
	s := Setting{Path: at.Value, Key: at.Value, KeyPos: r.position(at), ValuePos: r.position(value)}
	if v := r.resolve(value); v != nil {
		s.Value, s.ValuePos = v.Value, r.position(v)
	}
	return s
}

// UserPath returns the path of the user's own configuration file, whether it
// exists or not: hooktool/config.yaml in os.UserConfigDir.
func UserPath() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "hooktool", "config.yaml"), nil
}

// Load reads a configuration file; see Parse.
func Load(path string, settings []string) (*File, error) {
	data, err := limited.ReadFile(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, settings)
}

// ParseAny reads a file with webhooks in any of the formats, Coroot's configuration
// as well as hooktool's own; see ParseDocuments and Parse.
func ParseAny(path string, data []byte, settings []string, options ...Option) (*File, error) {
	if file, err := ParseDocuments(path, data, settings, options...); file.Foreign() {
		return file, err
	}
	return Parse(path, data, settings)
}

// Data returns the file as it was read. It must not be changed.
func (f *File) Data() []byte { return f.root.data }

// Foreign reports whether a file holds webhooks in a format other than hooktool's own.
// Such a file has no settings for hooktool.
func (f *File) Foreign() bool {
	return len(f.Projects) > 0 || slices.ContainsFunc(f.Webhooks, func(w Webhook) bool { return w.Format != FormatHooktool })
}

// maxTemplateSize bounds a template file, in bytes.
const maxTemplateSize = 16 << 20
