package settings

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// File is a configuration file, and what it may set.
type File struct {
	*config.File
	By By
}

// check finds the settings that the file may not set. The error joins a *source.Problem
// for each.
func (f File) check() error {
	var problems []error
	for _, key := range f.Settings {
		s, ok := ByName(key.Path)
		switch {
		case !ok:
		case s.By > f.By:
			problems = append(problems, f.refuse(s, key))
		case s.Name == "header" && f.By < Person && f.namesFile(key):
			problems = append(problems, &source.Problem{
				Path: f.Path, Pos: key.ValuePos, Message: "a header that reads a file (@FILE) cannot be set here",
				Hint: "use --header or HOOKTOOL_HEADER, or set it in " + userPath(),
			})
		}
	}
	return errors.Join(problems...)
}

// namesFile reports whether one of the values of a setting has the form @FILE.
func (f File) namesFile(key config.Setting) bool {
	values, err := f.values(key)
	return err == nil && slices.ContainsFunc(values, func(value string) bool { return strings.HasPrefix(strings.TrimSpace(value), "@") })
}

// refuse returns an error that says where a setting belongs.
func (f File) refuse(s Setting, at config.Setting) error {
	why, where := "it decides what is written, read or shown", ""
	switch s.By {
	case Run:
		why = "it is for a single run"
	case Named:
		why = "it decides where messages go"
		where = ", or set it in a webhook, in a file given with --config, or in " + userPath()
		if s.Nested != "" {
			where = ", or set it in a file given with --config, or in " + userPath()
		}
	case Person:
		where = ", or set it in " + userPath()
	case Project:
	}
	return &source.Problem{
		Path: f.Path, Pos: at.KeyPos, Message: fmt.Sprintf("%q cannot be set in this file: %s", at.Path, why),
		Hint: fmt.Sprintf("use --%s or %s%s", s.Name, EnvName(s.Name), where),
	}
}

// userPath returns the path of the user's own configuration, for messages.
func userPath() string {
	path, err := config.UserPath()
	if err != nil {
		return "your own configuration"
	}
	if home, err := os.UserHomeDir(); err == nil && runtime.GOOS != "windows" {
		if inside, err := filepath.Rel(home, path); err == nil && filepath.IsLocal(inside) {
			return "~/" + inside
		}
	}
	return path
}

// values returns the values of a setting in the file: one, as it is written, or those of
// a list. It returns none for null. The error is about a value that is neither.
func (f File) values(at config.Setting) ([]string, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	if err := v.ReadConfig(bytes.NewReader(f.Data())); err != nil {
		return nil, &source.Problem{Path: f.Path, Message: err.Error(), Err: err}
	}
	texts := []string{at.Value}
	switch value := v.Get(at.Path).(type) {
	case nil:
		return nil, nil
	case []any:
		texts = nil
		for _, element := range value {
			switch element.(type) {
			case map[string]any, []any:
				return nil, f.notText(at)
			}
			texts = append(texts, fmt.Sprint(element))
		}
	case map[string]any:
		return nil, f.notText(at)
	}
	return texts, nil
}

func (f File) notText(at config.Setting) error {
	return &source.Problem{Path: f.Path, Pos: at.ValuePos, Message: at.Path + " must be a text or a list of texts"}
}

// apply sets a flag to its value in the file, if there is one.
func (f File) apply(cmd *cobra.Command, flag *pflag.Flag) (set bool, err error) {
	setting, _ := ByName(flag.Name)
	at := slices.IndexFunc(f.Settings, func(s config.Setting) bool {
		return s.Path == flag.Name || setting.Nested != "" && s.Path == setting.Nested
	})
	if at < 0 {
		return false, nil
	}
	values, err := f.values(f.Settings[at])
	if err != nil || len(values) == 0 {
		return false, err
	}
	if _, isList := flag.Value.(pflag.SliceValue); !isList && len(values) > 1 {
		return false, &source.Problem{Path: f.Path, Pos: f.Settings[at].ValuePos, Message: flag.Name + " must be one value, not a list"}
	}
	for _, value := range values {
		if err := f.set(cmd, flag, setting, f.Settings[at], value); err != nil {
			return false, err
		}
	}
	return true, nil
}

// set sets a flag to one of the values of a setting in the file.
func (f File) set(cmd *cobra.Command, flag *pflag.Flag, setting Setting, at config.Setting, value string) error {
	if f.isStricter(flag, value) {
		return nil
	}
	wrong := f.mayLower(flag, value)
	if wrong == nil {
		value, wrong = f.placed(setting, value)
	}
	if wrong != nil {
		return &source.Problem{Path: f.Path, Pos: at.ValuePos, Message: wrong.Error(), Hint: "set it with --" + flag.Name + ", or in " + userPath()}
	}
	if err := cmd.Flags().Set(flag.Name, value); err != nil {
		return &source.Problem{Path: f.Path, Pos: at.ValuePos, Message: fmt.Sprintf("%s: %v", flag.Name, err), Err: err}
	}
	return nil
}

// placed returns the path of a file that a setting names as a command takes it. In a
// project's file it is relative to that file, and leads to one of the project.
func (f File) placed(s Setting, value string) (string, error) {
	if !s.File || value == "" || f.By >= Person {
		return value, nil
	}
	if value == "-" {
		return "", fmt.Errorf("%s: standard input cannot be named here", s.Name)
	}
	dir := filepath.Dir(f.Path)
	path := value
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	root, err := filepath.Abs(dir)
	if err == nil {
		err = project.Barred(project.Root(root), path)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", s.Name, withoutPath(err))
	}
	return path, nil
}

// mayLower rejects a value by which a project's file would raise a limit.
func (f File) mayLower(flag *pflag.Flag, value string) error {
	s, _ := ByName(flag.Name)
	if !s.Lower || f.By != Project {
		return nil
	}
	most, isLimit := limit(flag, flag.DefValue)
	wanted, isNumber := limit(flag, value)
	if !isLimit || !isNumber || wanted < 0 || wanted > 0 && wanted <= most {
		return nil // the flag rejects what is not a number, or negative
	}
	return fmt.Errorf("%s can only be lowered here, but %s is more than %s", flag.Name, noLimit(value, wanted), flag.DefValue)
}

// isStricter reports whether a command's own limit is below the one in a project's
// file, and therefore remains.
func (f File) isStricter(flag *pflag.Flag, value string) bool {
	if flag.Name != "max-output" || f.By != Project {
		return false
	}
	most, _ := limit(flag, flag.DefValue)
	wanted, isNumber := limit(flag, value)
	return isNumber && wanted > most && wanted <= int64(webhook.DefaultLimits().Output)
}

func noLimit(value string, wanted int64) string {
	if wanted == 0 {
		return value + ", which means no limit,"
	}
	return value
}

// limit parses the value of a limit.
func limit(flag *pflag.Flag, text string) (int64, bool) {
	if flag.Value.Type() == "duration" {
		d, err := time.ParseDuration(text)
		return int64(d), err == nil
	}
	n, err := strconv.ParseInt(text, 0, 64)
	return n, err == nil
}
