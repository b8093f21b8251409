package source_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
)

func TestProblemOf(t *testing.T) {
	t.Parallel()
	problem := &source.Problem{Path: "a.tmpl", Pos: source.Position{Line: 2, Column: 3}, Message: "wrong", Hint: "right"}
	missing := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	for name, tt := range map[string]struct {
		err                  error
		place, message, hint string
	}{
		"plain":          {errors.New("no"), "", "no", ""},
		"problem":        {problem, "a.tmpl:2:3", "wrong", "right"},
		"wrapped":        {fmt.Errorf("--set: %w", problem), "a.tmpl:2:3", "--set: wrong", "right"},
		"wrapped within": {fmt.Errorf("%w (twice)", problem), "a.tmpl:2:3", "wrong", "right"},
		"file":           {fmt.Errorf("read it: %w", missing), "x", "read it: no such file or directory", ""},
		"line":           {&source.Problem{Path: "a", Pos: source.Position{Line: 4}, Message: "m"}, "a:4", "m", ""},
		"no path":        {&source.Problem{Pos: source.Position{Line: 4, Column: 1}, Message: "m"}, "4:1", "m", ""},
	} {
		p := source.ProblemOf(tt.err)
		if p.Place() != tt.place || p.Message != tt.message || p.Hint != tt.hint {
			t.Errorf("%s: %+v", name, p)
		}
		if !errors.Is(p, tt.err) && !errors.Is(tt.err, problem) && p.Err != nil {
			t.Errorf("%s: the cause is lost", name)
		}
	}
	if source.ProblemOf(nil) != nil || source.ProblemsOf(nil) != nil {
		t.Error("no error is a problem")
	}
	if got := problem.Error(); got != "a.tmpl:2:3: wrong" {
		t.Error(got)
	}
}

func TestProblemsOf(t *testing.T) {
	t.Parallel()
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	for name, tt := range map[string]struct {
		err  error
		want int
	}{
		"one":            {a, 1},
		"joined":         {errors.Join(a, errors.Join(b, c)), 3},
		"wrapped":        {fmt.Errorf("x: %w", errors.Join(a, b)), 2},
		"several causes": {fmt.Errorf("%w and %w", a, b), 1},
		"joined causes":  {errors.Join(fmt.Errorf("%w: %w", a, b), c), 2},
	} {
		if got := source.ProblemsOf(tt.err); len(got) != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
