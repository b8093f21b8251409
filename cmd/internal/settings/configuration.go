package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// maxConfigSize limits the size of a configuration file, in bytes.
const maxConfigSize = 8 << 20

// Configuration is the configuration that applies in a folder: the user's own file, and
// the named one or else that of the folder's project.
type Configuration struct {
	Dir    string             // the folder, as an absolute path; empty: the current one, for relative paths
	Named  string             // the file of --config, which can be Coroot's; empty: that of HOOKTOOL_CONFIG
	Files  workspace.FS       // nil: the machine's own
	Coroot config.Environment // Coroot's environment
	Getenv func(name string) string

	MayLack bool // the named file need not exist: the command creates it

	// Read is called with each file that was read, even an invalid one; it may be nil.
	Read func(text []byte, file *config.File, err error)
	// Below is called with the path of each file that is read for a template in another
	// folder; it may be nil.
	Below func(path string)

	configs []*config.File // the weakest first
	broken  map[string]bool
}

// Load reads the files, which may have changed since the last call, and returns the
// usable ones, the weakest first. The error joins the problems of each.
func (c *Configuration) Load() ([]File, error) {
	var (
		files    []File
		problems []error
	)
	c.configs, c.broken = nil, map[string]bool{}
	found, err := c.find()
	problems = append(problems, err)
	for _, at := range found {
		file, err := c.read(at.path, at.by)
		if err != nil {
			problems = append(problems, err)
			c.broken[absolute(at.path)] = true
			continue
		}
		usable := File{File: file, By: at.by}
		files, c.configs = append(files, usable), append(c.configs, file)
		problems = append(problems, usable.check())
	}
	return files, errors.Join(problems...)
}

// Configs returns the files that Load has read, the weakest first.
func (c *Configuration) Configs() []*config.File { return c.configs }

// Projects lists Coroot's projects in the configuration.
func (c *Configuration) Projects() []config.Project {
	var all []config.Project
	for _, file := range c.configs {
		all = append(all, file.Projects...)
	}
	return all
}

// Workspace returns a workspace according to the configuration and o.
func (c *Configuration) Workspace(o workspace.Options) *workspace.Workspace {
	o.Files, o.Configs, o.ConfigFor, o.Trust = c.files(), c.configs, c.below, c.trustFound
	o.Coroot, o.Settings, o.Getenv = c.Coroot, Names, c.Getenv
	return workspace.New(o)
}

// below reads the configuration of another folder, for its webhooks; nil if there is
// none that is not known yet.
func (c *Configuration) below(dir string) (*config.File, error) {
	if c.NamedFile() != "" {
		return nil, nil //nolint:nilnil // there is no other one
	}
	path, err := c.project(dir)
	switch {
	case path == "", c.broken[path]: // the error has already been reported
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, err
	}
	for _, file := range c.configs {
		if absolute(file.Path) == path {
			return nil, nil //nolint:nilnil // it is already known
		}
	}
	if c.Below != nil {
		c.Below(c.shown(path))
	}
	return c.read(path, Project)
}

func absolute(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}

func (c *Configuration) files() workspace.FS {
	if c.Files == nil {
		return workspace.Disk{}
	}
	return c.Files
}

// NamedFile returns the file that the user named, or "".
func (c *Configuration) NamedFile() string {
	if c.Named == "" {
		return c.Getenv(EnvName("config"))
	}
	return c.Named
}

// place is the location of a configuration file, and what it may set.
type place struct {
	path string
	by   By
}

// find lists the existing files, the weakest first.
func (c *Configuration) find() ([]place, error) {
	var (
		places []place
		wrong  error
	)
	if path, err := config.UserPath(); err == nil {
		switch info, err := c.files().Stat(path); {
		case err != nil || info.IsDir():
		case !info.Mode().IsRegular():
			wrong = untrusted(path, project.ErrNotRegular)
		default:
			places = append(places, place{path, Person})
		}
	}
	if named := c.NamedFile(); named != "" {
		if _, err := c.files().Stat(named); c.MayLack && errors.Is(err, fs.ErrNotExist) {
			return places, wrong
		}
		return append(places, place{named, Named}), wrong
	}
	dir := c.Dir
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return nil, fmt.Errorf("find %s: %w", config.FileName, err)
		}
	}
	switch path, err := c.project(dir); {
	case err != nil:
		c.broken[path] = true
		wrong = errors.Join(wrong, err)
	case path != "":
		places = append(places, place{c.shown(path), Project})
	}
	return places, wrong
}

// project finds the configuration file of a folder's project. On disk it must be
// trustworthy; text in an editor is the user's own.
func (c *Configuration) project(dir string) (string, error) {
	path := config.FindIn(dir, func(path string) bool {
		if c.Files == nil {
			return false
		}
		info, err := c.Files.Stat(path)
		return err == nil && info.Mode().IsRegular()
	})
	if _, err := os.Lstat(path); path == "" || err != nil {
		return path, nil //nolint:nilerr // it is not saved yet
	}
	return path, c.trust(path)
}

func (c *Configuration) trust(path string) error {
	if err := project.Trust(path, c.Getenv(project.TrustVariable), c.Getenv); err != nil {
		return untrusted(c.shown(path), err)
	}
	return nil
}

// trustFound is trust for a configuration file in a folder that is searched. The one that
// the user named is trusted, and so is one that only an editor has.
func (c *Configuration) trustFound(path string) error {
	if named := c.NamedFile(); named != "" && absolute(named) == absolute(path) {
		return nil
	}
	if _, err := os.Lstat(path); err != nil {
		return nil //nolint:nilerr // as above
	}
	return c.trust(path)
}

// shown returns a path relative to the current folder, if that is the folder in
// question and contains the file.
func (c *Configuration) shown(path string) string {
	dir, err := os.Getwd()
	if c.Dir != "" || err != nil {
		return path
	}
	return project.Shorten(path, dir)
}

// read reads a file, or its text in an editor.
func (c *Configuration) read(path string, by By) (*config.File, error) {
	data, err := c.files().ReadFile(path, maxConfigSize)
	if err != nil && by == Named {
		return nil, c.unreadable(path, err)
	}
	if err != nil {
		return nil, err
	}
	var file *config.File
	if by == Named {
		file, err = config.ParseAny(path, data, Names(), config.WithEnvironment(c.Coroot))
	} else {
		file, err = config.Parse(path, data, Names())
	}
	if c.Read != nil {
		c.Read(data, file, err)
	}
	return file, err
}

// unreadable says who named a file that cannot be read.
func (c *Configuration) unreadable(path string, err error) error {
	hint := ""
	if c.Named == "" {
		hint = EnvName("config") + " names it"
	}
	if errors.Is(err, fs.ErrNotExist) {
		hint = cmp.Or(hint, "--config names it") + "; hooktool init creates it"
	}
	err = withoutPath(err)
	return &source.Problem{Path: path, Message: err.Error(), Hint: hint, Err: err}
}

// withoutPath returns what an error about a file says besides its path.
func withoutPath(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err
	}
	return err
}

// untrusted reports an existing configuration file that is not used. It is an error,
// because without the file hooktool would not do what the user expects.
func untrusted(path string, err error) error {
	hint := "give another file with --config"
	if errors.Is(err, project.ErrOwner) {
		hint = fmt.Sprintf("if you trust it, give it with --config, or set %s=%s", project.TrustVariable, printable.ShellWord(absolute(filepath.Dir(path))))
	}
	err = withoutPath(err)
	return &source.Problem{Path: path, Message: fmt.Sprintf("this configuration cannot be used: %v", err), Hint: hint, Err: err}
}

// InForce reports whether a project's configuration file applies in the current folder.
func (c *Configuration) InForce(path string) bool {
	here, err := os.Getwd()
	return err == nil && config.Find(here) == absolute(path)
}

// ForNew returns the configuration file for a new webhook whose templates are in dir:
// the named one, the one in force in this repository, or else one at its root; outside
// repositories, one in the current folder. For templates outside the current folder, it
// is the one that applies there. It need not exist.
func (c *Configuration) ForNew(dir string) (string, error) {
	if named := c.NamedFile(); named != "" {
		return named, nil
	}
	here, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find %s: %w", config.FileName, err)
	}
	base := dir
	if !filepath.IsAbs(dir) {
		base = filepath.Join(here, dir)
	}
	if inside, err := filepath.Rel(here, base); err == nil && filepath.IsLocal(inside) {
		base = here
	}
	root, inside := project.Repository(base)
	if !inside {
		root = base
	}
	path := config.Find(base)
	if path == "" || !inside && filepath.Dir(path) != base {
		path = filepath.Join(root, config.FileName)
	}
	if _, err := os.Lstat(path); err == nil {
		if err := c.trust(path); err != nil {
			return "", err
		}
	}
	if relative, err := filepath.Rel(here, path); err == nil && !filepath.IsAbs(dir) {
		return relative, nil
	}
	return c.shown(path), nil
}
