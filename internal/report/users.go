package report

import (
	"fmt"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/lint"
)

// users counts the webhooks that use a template.
type users map[lint.Spot]int

func usersOf(r *Report) users {
	u := users{}
	for _, result := range r.Results {
		u[result.Spot()] += len(result.Webhooks())
	}
	return u
}

// of names the webhooks that a result is about. It is empty unless several use the
// template.
func (u users) of(result lint.Result) string {
	if u[result.Spot()] < 2 {
		return ""
	}
	return ForWebhooks(result.Webhooks())
}

// ForWebhooks says which webhooks a finding is about.
func ForWebhooks(names []string) string {
	noun := "webhook"
	if len(names) > 1 {
		noun = "webhooks"
	}
	return fmt.Sprintf("for the %s %s", noun, words.And(names))
}

// message joins the problem, the webhooks that have it, the correction and a link to more
// information.
func (u users) message(result lint.Result, f lint.Finding) string {
	text := f.Message
	if who := u.of(result); who != "" {
		text += "\n" + who
	}
	if f.Hint != "" {
		text += "\n" + f.Hint
	}
	return text + "\nhooktool explain " + f.Rule
}
