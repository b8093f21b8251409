package starter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
)

// Text says what was written.
func (p *Plan) Text(colour typeset.Style) string {
	var b strings.Builder
	for _, file := range p.Files {
		word := "wrote    "
		if file.Same {
			word = "unchanged"
		}
		fmt.Fprintf(&b, "%s %s\n", colour.Green(word), file.Path)
	}
	name := printable.Text(p.Name)
	switch p.Place {
	case Created:
		fmt.Fprintf(&b, "%s %s with the webhook %s\n", colour.Green("wrote    "), p.Config, name)
	case Added:
		fmt.Fprintf(&b, "%s the webhook %s to %s\n", colour.Green("added    "), name, p.Config)
	case Kept:
		b.WriteString(p.kept(colour))
	case ByHand:
		fmt.Fprintf(&b, "%s under webhooks to %s, which hooktool cannot edit:\n\n%s", colour.Yellow("add this "), p.Config, p.Entry)
	}
	return b.String()
}

// kept says what to add to a webhook that is already defined.
func (p *Plan) kept(colour typeset.Style) string {
	name := printable.Text(p.Name)
	if len(p.Missing) == 0 && len(p.Unnamed) == 0 {
		return fmt.Sprintf("%s the webhook %s in %s, which is already defined; use --name for another\n", colour.Yellow("unchanged"), name, p.Config)
	}
	var b strings.Builder
	if len(p.Unnamed) > 0 {
		fmt.Fprintf(&b, "%s to the webhook %s in %s, which names no templates:\n\n", colour.Yellow("add this "), name, p.Config)
	} else {
		fmt.Fprintf(&b, "%s in customFields of the webhook %s in %s, which the templates now use:\n\n", colour.Yellow("set this "), name, p.Config)
	}
	for _, line := range p.Unnamed {
		fmt.Fprintf(&b, "    %s\n", line)
	}
	for i, line := range p.Missing {
		if i == 0 {
			b.WriteString("    customFields:\n")
		}
		fmt.Fprintf(&b, "      %s\n", line)
	}
	return b.String()
}

// Reach says how commands reach a new webhook.
type Reach struct {
	Config string // the configuration file that the user named; empty if none
	Folder string // the folder where the configuration applies; empty if it is the current one
}

// Webhook returns the flags that choose a webhook.
func (r Reach) Webhook(name string) string {
	flags := "-w " + printable.ShellWord(name)
	if r.Config != "" {
		flags += " --config " + printable.ShellWord(r.Config)
	}
	return flags
}

// Enter returns the command that changes to Folder; empty if there is nothing to change.
func (r Reach) Enter() string {
	if r.Folder == "" {
		return ""
	}
	return "cd " + printable.ShellWord(r.Folder)
}

// Next says what to do next. given are the values as the user gave them.
func (p *Plan) Next(colour typeset.Style, given []string, reach Reach) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", colour.Bold("Next"))
	for i, step := range p.nextSteps(given, reach) {
		fmt.Fprintf(&b, "%d. %s\n", i+1, step)
	}
	if p.Destination.Notice != "" {
		fmt.Fprintf(&b, "\n%s\n", p.Destination.Notice)
	}
	return b.String()
}

func (p *Plan) nextSteps(given []string, reach Reach) []string {
	var steps []string
	for _, step := range p.Steps {
		steps = append(steps, words.Capital(step))
	}
	for _, pair := range p.references() {
		steps = append(steps, fmt.Sprintf("Put the %s into the environment variable %s", pair[0], pair[1]))
	}
	for _, value := range p.Placeholder {
		steps = append(steps, fmt.Sprintf("Replace %s, %q, at the top of each template, or write them again: %s", value.Name, value.Placeholder, p.again(value, given, reach.Config)))
	}
	if enter := reach.Enter(); enter != "" {
		steps = append(steps, "Go to the folder of the configuration: "+enter)
	}
	hook := reach.Webhook(p.Name)
	return append(
		steps,
		"See the messages: hooktool preview "+hook,
		"Check the templates: hooktool validate "+hook,
		"Send a test: hooktool test-send "+hook,
		fmt.Sprintf("Deploy it to Coroot: hooktool coroot export %s --for config (or operator, helm, api)", hook),
	)
}

// again returns the command line that fills in a value.
func (p *Plan) again(value Value, given []string, config string) string {
	line := []string{"hooktool", "init", p.Destination.Name}
	if p.options.Dir != "." {
		line = append(line, "--dir", printable.ShellWord(p.options.Dir))
	}
	variable := strings.ToUpper(p.Destination.Name + "_" + value.Name)
	if p.Name != p.Destination.Name {
		line = append(line, "--name", printable.ShellWord(p.Name))
		variable = variableFor(variable, p.Name)
	}
	if config != "" {
		line = append(line, "--config", printable.ShellWord(config))
	}
	for _, each := range given {
		line = append(line, "--set", printable.ShellWord(each))
	}
	set := value.Name + "=…"
	if slices.Contains(p.Destination.SecretMembers, value.Name) {
		set = fmt.Sprintf("'%s=${%s}'", value.Name, variable)
	}
	return strings.Join(append(line, "--force", "--set", set), " ")
}
