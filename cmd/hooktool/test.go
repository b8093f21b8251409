package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/suite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const testLong = `Run golden tests of templates.

A FILE lists tests: a template, an event, and the expected result. Without a
FILE, every file below this folder whose name ends in hooktool-test.yaml is run.
Bodies are compared as JSON if both are JSON, and byte for byte otherwise. A body
that its destination would refuse fails the test.

docs/testing.md describes the format of these files, and hooktool test --schema
prints its schema for editors.

Exit codes: 0 all passed, 1 a test failed or too few branches were reached, 2 a
mistake in a test file, 3 a test could not be run.`

const testExample = `  hooktool test
  hooktool test alert.hooktool-test.yaml --run 'firing|resolved'
  hooktool test --update                    rewrite golden files; look at the diff
  hooktool test --coverage --min-coverage 100
  hooktool test --format junit > report.xml`

type testOptions struct {
	app         *app
	run         string
	update      bool
	format      string
	coverage    bool
	minCoverage float64
	schema      bool
	passEmpty   bool
	limits      webhook.Limits
	workspace   func() *workspace.Workspace
}

func newTestCmd(a *app) *cobra.Command {
	o := testOptions{app: a, limits: webhook.DefaultLimits()}
	o.workspace = sync.OnceValue(func() *workspace.Workspace { return a.workspace(workspace.Said{}, "") })
	cmd := about{"test [FILE...]", "Run golden tests of templates", testLong, testExample}.command(o.execute)
	cmd.ValidArgsFunction = cobra.FixedCompletions([]string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt)
	cmd.Flags().SortFlags = false
	option.Define(cmd, "run", &o.run, "update", &o.update)
	option.Format(cmd, &o.format, testFormats()...)
	option.Define(cmd, "coverage", &o.coverage, "min-coverage", &o.minCoverage, "pass-with-no-tests", &o.passEmpty, "schema", &o.schema,
		"max-time", &o.limits.Time, "max-output", &o.limits.Output)
	return cmd
}

func testFormats() []string { return []string{"text", "json", "junit", "tap"} }

func (o *testOptions) execute(ctx context.Context, args []string) error {
	if o.schema {
		return printAll(o.app.out, string(suite.Schema()))
	}
	if o.format != "json" { // JSON always includes the coverage
		if err := o.app.onlyText(o.format, "coverage"); err != nil {
			return err
		}
	}
	o.limits = option.WithTurns(o.limits)
	cases, err := o.cases(args)
	if err != nil {
		return err
	}
	runner := &suite.Runner{Find: o.find, Check: suite.CheckByCatalog, Update: o.update, Mask: o.app.maskKnown, Limits: o.limits}
	results, err := runner.Run(ctx, cases)
	if err != nil {
		return err
	}
	coverages := runner.Coverage()
	if err := o.print(results, coverages); err != nil {
		return err
	}
	return o.verdict(results, coverages)
}

// cases loads the tests in all files and selects those of --run.
func (o *testOptions) cases(args []string) ([]suite.Case, error) {
	pattern, err := regexp.Compile(o.run)
	if err != nil {
		return nil, err
	}
	paths, err := suite.Find(o.passEmpty, args...)
	if err != nil {
		return nil, err
	}
	all, err := suite.Templates(o.find).LoadAll(paths...)
	if err != nil {
		return nil, err
	}
	cases := slices.Clone(all)
	cases = slices.DeleteFunc(cases, func(c suite.Case) bool { return !pattern.MatchString(c.Name) })
	if len(cases) == 0 && !o.passEmpty {
		return nil, exit.Usage("", "none of the %d tests matches %q", len(all), o.run)
	}
	return cases, nil
}

// find finds the templates of the tests.
func (o *testOptions) find(path string, said workspace.Said) ([]workspace.Template, error) {
	return o.workspace().With(said).SomeTemplates(path)
}

func (o *testOptions) print(results []suite.Result, coverages []suite.Coverage) error {
	switch o.format {
	case "json":
		return suite.WriteJSON(o.app.out, results, coverages)
	case "junit":
		return suite.WriteJUnit(o.app.out, results)
	case "tap":
		return suite.WriteTAP(o.app.out, results)
	}
	return suite.WriteText(o.app.out, results, coverages, suite.TextOptions{
		Style: o.app.outPalette(), Verbose: o.app.verbose, Quiet: o.app.quiet, Coverage: o.coverage,
	})
}

// verdict converts the results to an exit code.
func (o *testOptions) verdict(results []suite.Result, coverages []suite.Coverage) error {
	summary := suite.Summarise(results)
	code := exit.OK
	switch {
	case summary.Errors > 0: // no template, no event
		code = exit.Failure
	case summary.Failed > 0:
		code = exit.Findings
	}
	if percent, ok := suite.Percent(coverages); ok && percent < o.minCoverage {
		exit.Print(o.app.err, o.app.errPalette(), "error", &source.Problem{
			Message: fmt.Sprintf("%.1f %% of the branches were reached, but --min-coverage requires %g %%", percent, o.minCoverage),
			Hint:    "--coverage lists the branches that no test reached",
		})
		code = max(code, exit.Findings)
	}
	if code != exit.OK {
		return exit.Status(code)
	}
	return nil
}
