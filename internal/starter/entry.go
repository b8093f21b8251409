package starter

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

// entry creates the webhook's definition.
func (p *Plan) entry(o Options) (string, error) {
	setup := p.setup()
	p.Steps = setup.Steps
	var b strings.Builder
	fmt.Fprintf(&b, "  %s:\n    destination: %s\n", yamlText(o.Name), p.Destination.Name)
	for line := range strings.Lines(setup.YAML) {
		b.WriteString("    " + line)
		kind, ok := switchOf(line)
		if !ok {
			continue
		}
		path, err := Relative(filepath.Dir(o.Config), filepath.Join(o.Dir, kind.String()+".tmpl"))
		if err != nil {
			return "", err
		}
		key := fmt.Sprintf("%sFile: %s", kind.TemplateName(), yamlText(path))
		b.WriteString("    " + key + "\n")
		p.keys = append(p.keys, strings.TrimSpace(line), key)
	}
	if fields := p.fields(); len(fields) > 0 {
		b.WriteString("    customFields:\n")
		for _, field := range fields {
			b.WriteString("      " + field[0] + ": " + field[1] + "\n")
		}
	}
	return b.String(), nil
}

// references returns the values that come from environment variables, each with its
// name and that of the variable.
func (p *Plan) references() [][2]string {
	var pairs [][2]string
	for _, value := range Values(p.Destination.Starter(event.KindIncident)) {
		if variable, ok := reference(p.options.Values[value.Name]); ok {
			pairs = append(pairs, [2]string{value.Name, variable})
		}
	}
	return pairs
}

// fields returns the custom fields that provide values, each with its key and value.
func (p *Plan) fields() [][2]string {
	var fields [][2]string
	if p.Destination == nil {
		return nil
	}
	for _, value := range Values(p.Destination.Starter(event.KindIncident)) {
		if _, ok := reference(p.options.Values[value.Name]); ok {
			fields = append(fields, [2]string{fieldKey(value.Name), p.options.Values[value.Name]})
		}
	}
	return fields
}

// setup returns the destination's settings for its webhook. If another webhook of the
// configuration uses an environment variable, this webhook's name is appended to the
// variable's, because two channels have two URLs. An existing webhook keeps its own.
func (p *Plan) setup() destination.Setup {
	setup := p.Destination.Setup()
	old, err := limited.ReadFile(p.Config, maxFileSize)
	if err != nil {
		return setup // planConfig reports the error
	}
	if file, err := config.Parse(p.Config, old, p.options.Settings); err == nil {
		for _, hook := range file.Webhooks {
			if hook.Name == p.Name {
				return setup
			}
		}
	}
	variables := regexp.MustCompile(`\$\{([A-Z][A-Z0-9_]*)`)
	for _, match := range variables.FindAllStringSubmatch(setup.YAML, -1) {
		name := match[1]
		if used, err := regexp.Match(`\$\{`+name+`\b`, old); err != nil || !used {
			continue
		}
		own := variableFor(name, p.Name)
		word := regexp.MustCompile(`\b` + name + `\b`)
		setup.YAML = word.ReplaceAllString(setup.YAML, own)
		for i, step := range setup.Steps {
			setup.Steps[i] = word.ReplaceAllString(step, own)
		}
	}
	return setup
}

// variableFor returns the name of an environment variable for a single webhook:
// SLACK_WEBHOOK_URL becomes SLACK_WEBHOOK_URL_TEAM_B for team-b.
func variableFor(variable, webhook string) string {
	suffix := strings.Trim(regexp.MustCompile(`[^A-Z0-9]+`).ReplaceAllString(strings.ToUpper(webhook), "_"), "_")
	if suffix == "" {
		suffix = "2"
	}
	return variable + "_" + suffix
}

// switchOf returns the kind that a line such as "alerts: true" switches on or off.
func switchOf(line string) (event.Kind, bool) {
	for _, kind := range event.Kinds() {
		if strings.HasPrefix(line, kind.String()+"s:") {
			return kind, true
		}
	}
	return "", false
}

// Relative returns a path relative to a folder, with slashes, as a configuration in
// that folder names it.
func Relative(dir, path string) (string, error) {
	absDir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	absPath, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	short, err := filepath.Rel(absDir, absPath)
	if err != nil { // on another drive
		return filepath.ToSlash(absPath), nil //nolint:nilerr // the absolute path works as well
	}
	return filepath.ToSlash(short), nil
}

// yamlText formats a text as YAML, in quotes if necessary.
func yamlText(s string) string {
	plain := regexp.MustCompile(`^[A-Za-z./][A-Za-z0-9._/-]*$`)
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".nan", ".inf":
		return strconv.Quote(s)
	}
	if plain.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
