package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// maxTemplateSize bounds what is read as a template, in bytes.
const maxTemplateSize = 16 << 20

// stdinName is how standard input is called in messages.
const stdinName = workspace.StdinName

// templateFlags are the flags that say which templates are meant, and what they
// are. They mean the same in every command that has them.
type templateFlags struct {
	kind         string
	destination  string
	customFields []string
	webhook      string

	several  bool     // --webhook can be given several times
	webhooks []string // then; webhook is the one that is looked at
}

func (f *templateFlags) register(a *app, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	kindVar(cmd, &f.kind, "the `kind` of the templates")
	flags.VarP(destinationValue{&f.destination}, "destination", "d", "the `name` of the receiving system, such as telegram; see hooktool destinations")
	completeBy(cmd, "destination", completeDestinations)
	flags.StringArrayVar(&f.customFields, "custom-field", nil, "a custom field of the webhook, as `KEY=VALUE`; repeatable")
	const use = "use the webhook of this `name` in the configuration"
	if f.several {
		flags.StringArrayVarP(&f.webhooks, "webhook", "w", nil, use+"; repeatable")
	} else {
		flags.StringVarP(&f.webhook, "webhook", "w", "", use)
	}
	completeBy(cmd, "webhook", a.completeWebhooks)
}

// said is what the flags say of all templates.
func (f *templateFlags) said() (workspace.Said, error) {
	fields, err := pairs("custom-field", f.customFields)
	if err != nil {
		return workspace.Said{}, err
	}
	s := workspace.Said{Kind: event.Kind(f.kind), Destination: f.destination, Webhook: f.webhook, CustomFields: map[string]string{}}
	for _, pair := range fields {
		s.CustomFields[pair[0]] = pair[1]
	}
	return s, nil
}

// workspace returns what finds the templates that the user means, as files and
// configuration are now.
func (a *app) workspace(said workspace.Said, stdin string) *workspace.Workspace {
	return a.workspaceSkipping(said, stdin, false)
}

// skipUnrelatedVar registers the flag for hooks, which give every file that changed.
func skipUnrelatedVar(cmd *cobra.Command, skip *bool) {
	cmd.Flags().BoolVar(skip, "skip-unrelated", false, "pass over YAML files without webhooks; finding nothing at all is no error")
}

func (a *app) workspaceSkipping(said workspace.Said, stdin string, unrelated bool) *workspace.Workspace {
	return workspace.New(workspace.Options{
		Stdin: a.stdin(), StdinName: stdin, Configs: a.configs, ConfigFor: a.configFor, Coroot: a.environment(), Settings: a.settingNames, Getenv: a.getenv, Found: a.learnWebhook, Read: a.learnText, Said: said,
		SkipUnrelated: unrelated,
	})
}

// configFor reads the configuration of another folder, for the sake of the webhooks
// in it. --config is the only one when it is given.
func (a *app) configFor(dir string) (*config.File, error) {
	path := config.Find(dir)
	if a.configPath != "" || path == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	for _, file := range a.configs {
		if samePath(file.Path, path) {
			return nil, nil //nolint:nilnil // it is known
		}
	}
	if err := project.Trust(path, a.getenv(project.TrustVariable), a.getenv); err != nil {
		return nil, untrusted(path, err)
	}
	file, err := config.Load(path, a.settingNames())
	a.learnConfig(file)
	if err != nil {
		return nil, configError(err)
	}
	a.detail("the webhooks of templates in %s are those of %s", dir, path)
	return file, nil
}

func samePath(a, b string) bool {
	absolute, err := filepath.Abs(a)
	return err == nil && absolute == b || a == b
}

// asCoded gives an error of the workspace its exit code, and the hint that this
// program can give besides.
func asCoded(err error) error {
	var (
		ours   *workspace.Error
		coded  *codedError
		inPath *fs.PathError
	)
	switch {
	case err == nil, errors.As(err, &coded):
		return err
	case errors.As(err, &ours):
		c := &codedError{code: exitFailed, err: ours}
		if ours.Usage {
			c.code = exitUsage
		}
		if errors.As(ours.Err, &inPath) {
			if similar := similarFile(inPath.Path); similar != "" {
				ours.Hint = strings.TrimPrefix(ours.Hint+"\n"+similar, "\n")
			}
		}
		return c
	case errors.As(err, &inPath):
		return readError(inPath.Path, err)
	}
	return err
}

// usable returns why a template cannot be used: what is wrong with it, or a
// destination that does not exist. It is nil for one that can.
func usable(t *workspace.Template) error {
	if t.Err != nil {
		return asCoded(t.Err)
	}
	_, err := catalog.Detect(catalog.Hints{Name: t.Destination, Template: t.Text, Configured: t.Configured})
	var unknown *catalog.UnknownError
	if errors.As(err, &unknown) {
		return &codedError{code: exitUsage, path: t.Path, err: err, hint: unknown.Hint()}
	}
	return err
}
