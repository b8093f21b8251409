package suite

import (
	"errors"
	"io/fs"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Find returns the test files that paths mean: the files themselves and those below
// folders. Without paths, it searches the current folder. A folder without test files
// is an error unless mayBeEmpty is set.
func Find(mayBeEmpty bool, paths ...string) ([]string, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var all []string
	for _, path := range paths {
		if path == "" {
			return nil, workspace.ErrNoPath
		}
		info, err := workspace.Disk{}.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() && workspace.IsTemplate(path) {
			return nil, &workspace.Error{
				Path: path, Usage: true, Err: errors.New("this is a template, not a file of tests"),
				Hint: "name it as template in a file of tests, such as alert." + fileSuffix + ", and give that file",
			}
		}
		if !info.IsDir() {
			all = append(all, path)
			continue
		}
		found, _, errs := workspace.Walk(workspace.Disk{}, path, isFile)
		if err := errors.Join(errs...); err != nil {
			return nil, err
		}
		if len(found) == 0 && !mayBeEmpty {
			return nil, &workspace.Error{
				Path: path, Usage: true, Hint: "the names of test files end in " + fileSuffix + "; see hooktool test --help", Err: errors.New("there is no test file in this folder"),
			}
		}
		all = append(all, found...)
	}
	return all, nil
}

// LoadAll reads test files. The error joins the problems of each, and an error for each
// file that cannot be read.
func (find Templates) LoadAll(paths ...string) ([]Case, error) {
	var (
		cases    []Case
		problems []error
	)
	for _, path := range paths {
		text, err := limited.ReadFile(path, maxFileSize)
		if inPath := (*fs.PathError)(nil); errors.As(err, &inPath) {
			return nil, err
		}
		if workspace.HoldsEvents(text) {
			problems = append(problems, &workspace.Error{
				Path: path, Usage: true, Err: errors.New("this file holds events, not tests"),
				Hint: "name it as event in a file of tests, such as alert." + fileSuffix + ", and give that file",
			})
			continue
		}
		file, err := Load(path, text, find.kind)
		problems = append(problems, err)
		if err == nil {
			cases = append(cases, file.Cases...)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, &workspace.Error{Usage: true, Err: err}
	}
	return cases, nil
}
