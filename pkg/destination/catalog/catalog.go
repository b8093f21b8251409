// Package catalog lists the destinations and finds the one that is meant.
package catalog

import (
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/alertmanager"
	"github.com/hooktool/hooktool/pkg/destination/dingtalk"
	"github.com/hooktool/hooktool/pkg/destination/discord"
	"github.com/hooktool/hooktool/pkg/destination/generic"
	"github.com/hooktool/hooktool/pkg/destination/googlechat"
	"github.com/hooktool/hooktool/pkg/destination/gotify"
	"github.com/hooktool/hooktool/pkg/destination/incidentio"
	"github.com/hooktool/hooktool/pkg/destination/jsm"
	"github.com/hooktool/hooktool/pkg/destination/keep"
	"github.com/hooktool/hooktool/pkg/destination/lark"
	"github.com/hooktool/hooktool/pkg/destination/mattermost"
	"github.com/hooktool/hooktool/pkg/destination/ntfy"
	"github.com/hooktool/hooktool/pkg/destination/opsgenie"
	"github.com/hooktool/hooktool/pkg/destination/pagerduty"
	"github.com/hooktool/hooktool/pkg/destination/plaintext"
	"github.com/hooktool/hooktool/pkg/destination/pushover"
	"github.com/hooktool/hooktool/pkg/destination/rocketchat"
	"github.com/hooktool/hooktool/pkg/destination/slack"
	"github.com/hooktool/hooktool/pkg/destination/splunkoncall"
	"github.com/hooktool/hooktool/pkg/destination/squadcast"
	"github.com/hooktool/hooktool/pkg/destination/teams"
	"github.com/hooktool/hooktool/pkg/destination/telegram"
	"github.com/hooktool/hooktool/pkg/destination/webex"
	"github.com/hooktool/hooktool/pkg/destination/wecom"
	"github.com/hooktool/hooktool/pkg/destination/zulip"
)

// makers returns the constructor of each destination, in the order in which people see
// them: one for each folder next to this one.
func makers() []func() *destination.Destination {
	return []func() *destination.Destination{
		telegram.New, discord.New, mattermost.New, slack.New, teams.New, pagerduty.New, opsgenie.New, jsm.New,
		googlechat.New, rocketchat.New, zulip.New, ntfy.New, gotify.New, webex.New, lark.New, pushover.New,
		alertmanager.New, incidentio.New, splunkoncall.New, squadcast.New, keep.New, wecom.New, dingtalk.New,
		generic.New, plaintext.New,
	}
}

// list makes the destinations on first use.
//
// nolint:gochecknoglobals // made once, never changed
var list = sync.OnceValue(func() []*destination.Destination {
	var all []*destination.Destination
	for _, make := range makers() {
		all = append(all, make())
	}
	return all
})

// All returns every destination. The slice must not be changed.
func All() []*destination.Destination { return list() }

// Names returns the names of all destinations.
func Names() []string {
	var names []string
	for _, d := range All() {
		names = append(names, d.Name)
	}
	return names
}

// ByName returns the destination with a name or alias, or nil if there is none. A form
// has the names of both, such as discord/slack.
func ByName(name string) *destination.Destination {
	name, form, isForm := strings.Cut(name, "/")
	for _, d := range All() {
		switch {
		case !d.Called(name):
		case isForm:
			return d.FormCalled(form)
		default:
			return d
		}
	}
	return nil
}

// Forms returns every destination and every form of each.
func Forms() []*destination.Destination {
	var all []*destination.Destination
	for _, d := range All() {
		all = append(append(all, d), d.Forms()...)
	}
	return all
}

// nearest returns the name that was probably meant by an unknown one, or "".
func nearest(name string) string {
	var names []string
	for _, d := range Forms() {
		names = append(names, d.String())
	}
	for _, d := range All() {
		names = append(names, d.Aliases...)
	}
	if d := ByName(words.Nearest(name, names)); d != nil {
		return d.String()
	}
	return ""
}

// ByURL returns the destination that a URL belongs to, in its form there, or nil if it
// belongs to none.
func ByURL(rawURL string) *destination.Destination {
	if rawURL == "" {
		return nil
	}
	return destination.ByURL(All(), rawURL)
}

// Generic returns the destination of which nothing is known except that it accepts
// JSON.
func Generic() *destination.Destination { return ByName("generic") }
