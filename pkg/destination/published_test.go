package destination_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/published"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// publishedType are the members of a type that a vendor publishes.
type publishedType map[string]struct {
	Required bool
	Values   []any
}

// definition is a schema object of a destination's $defs.
type definition struct {
	Required   []string
	Properties map[string]json.RawMessage
	AllOf      []struct {
		If struct {
			Properties map[string]struct{ Const any }
		}
		Then struct {
			Ref string `json:"$ref"`
		}
	}
}

func definitions(t *testing.T, name string) map[string]definition {
	t.Helper()
	var root struct {
		Defs map[string]definition `json:"$defs"`
		definition
	}
	if err := json.Unmarshal(catalog.ByName(name).Schema(), &root); err != nil {
		t.Fatal(err)
	}
	root.Defs[""] = root.definition
	return root.Defs
}

// choices returns the values that a schema of a string or number allows, and whether it
// is an enumeration.
func choices(schema json.RawMessage) ([]any, bool) {
	var s struct {
		Enum  []any
		Const any
	}
	if json.Unmarshal(schema, &s) != nil {
		return nil, false
	}
	if s.Const != nil {
		return []any{s.Const}, true
	}
	return s.Enum, s.Enum != nil
}

// compareType compares a definition with a published type: the names of its members,
// the required ones, and enumerations. The definition may also have the members in own,
// which are documented elsewhere.
func compareType(t *testing.T, label string, d definition, p publishedType, own ...string) {
	t.Helper()
	for name, member := range p {
		schema, known := d.Properties[name]
		if !known {
			t.Errorf("%s: the published member %q is missing", label, name)
			continue
		}
		ours, closed := choices(schema)
		if !closed || member.Values == nil || name == "type" {
			continue
		}
		if got, want := sorted(ours), sorted(member.Values); !slices.Equal(got, want) {
			t.Errorf("%s.%s: the choices are %v, published are %v", label, name, got, want)
		}
	}
	for name := range d.Properties {
		if _, known := p[name]; !known && !slices.Contains(own, name) {
			t.Errorf("%s: %q is not published", label, name)
		}
	}
	for _, name := range d.Required {
		if member, known := p[name]; known && !member.Required {
			t.Errorf("%s: %q is required, but is published as optional", label, name)
		}
	}
}

func sorted(values []any) []string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = fmt.Sprint(value)
	}
	slices.Sort(words)
	return words
}

// TestPublishedSlack checks Slack's blocks against @slack/types.
func TestPublishedSlack(t *testing.T) {
	t.Parallel()
	var all map[string]map[string]publishedType
	published.Read(t, "names.mjs", &all)
	types, defs := all["slack"], definitions(t, "slack")
	byType := map[string]string{} // of a block, an element, a part of rich text or a cell, the definition
	for _, list := range []string{"block", "action_element", "accessory", "input_element", "context_element", "context_action", "rich_element", "rich_inline", "cell"} {
		for _, branch := range defs[list].AllOf {
			if kind, ok := branch.If.Properties["type"].Const.(string); ok && (list != "rich_inline" || kind != "channel" || byType[kind] == "") {
				byType[list+"/"+kind] = strings.TrimPrefix(branch.Then.Ref, "#/$defs/")
			}
		}
	}
	// Members that Slack's reference has and its types do not.
	own := map[string][]string{
		"header_block": {"level"}, "rich_list": {"offset"}, "rich_preformatted": {"language"}, "rich_emoji": {"skin_tone"}, "rich_style": {"highlight", "client_highlight", "unlink"},
		"button": {}, "image_element": {"image_url", "slack_file"},
	}
	compared := 0
	for _, name := range slices.Sorted(maps.Keys(types)) {
		p := types[name]
		kinds := p["type"].Values
		if len(kinds) != 1 {
			continue
		}
		kind, _ := kinds[0].(string)
		for list := range maps.Keys(map[string]bool{"block": true, "action_element": true, "accessory": true, "input_element": true, "context_element": true, "context_action": true, "rich_element": true, "rich_inline": true, "cell": true}) {
			def := byType[list+"/"+kind]
			if def == "" || strings.HasSuffix(name, "Block") != (list == "block" || def == "rich_text_block") || strings.HasPrefix(name, "RichText") != strings.HasPrefix(list, "rich_") && name != "RichTextInput" && name != "RichTextBlock" {
				continue
			}
			compared++
			compareType(t, def+" and "+name, defs[def], p, own[def]...)
		}
		if strings.HasSuffix(name, "Block") && byType["block/"+kind] == "" {
			t.Errorf("there is a block %s that is not known", kind)
		}
	}
	for def, name := range map[string]string{
		"plain": "PlainTextElement", "mrkdwn": "MrkdwnElement", "confirm": "ConfirmationDialog", "option_group": "OptionGroup", "option": "PlainTextOption",
		"attachment": "MessageAttachment", "attachment_action": "AttachmentAction", "dispatch_config": "DispatchActionConfig", "conversation_filter": "BaseConversationFilter",
	} {
		compared++
		compareType(t, def+" and "+name, defs[def], types[name], "attachment_type", "id")
	}
	if compared < 60 {
		t.Errorf("only %d types were compared", compared)
	}
}

// TestPublishedGoogleChat checks Google Chat's messages and cards against the resources
// of its API.
func TestPublishedGoogleChat(t *testing.T) {
	t.Parallel()
	var all map[string]map[string]publishedType
	published.Read(t, "names.mjs", &all)
	types, defs := all["googlechat"], definitions(t, "googlechat")
	snake := regexp.MustCompile(`[A-Z0-9]+`)
	for def, d := range defs {
		name := "Schema$" + strings.TrimPrefix(def, "V1")
		if p := types["Schema$GoogleAppsCardV1"+def]; p != nil {
			name = "Schema$GoogleAppsCardV1" + def
		}
		if def == "" {
			name = "Schema$Message"
		}
		p := types[name]
		if p == nil {
			t.Errorf("%s is not published", name)
			continue
		}
		both := publishedType{}
		for member, about := range p {
			both[member] = about
			other := snake.ReplaceAllStringFunc(member, func(s string) string { return "_" + strings.ToLower(s) })
			if member == "cardsV2" {
				other = "cards_v2"
			}
			both[other] = about
		}
		d.Required = nil // which none of the API's types says
		compareType(t, def+" and "+name, d, both)
	}
}

// TestPublishedDiscord checks Discord's messages against discord-api-types.
func TestPublishedDiscord(t *testing.T) {
	t.Parallel()
	var all map[string]map[string]publishedType
	published.Read(t, "names.mjs", &all)
	types, defs := all["discord"], definitions(t, "discord")
	for def, name := range map[string]string{
		"": "RESTPostAPIWebhookWithTokenJSONBody", "embed": "APIEmbed", "media": "APIEmbedImage", "field": "APIEmbedField", "action_row": "APIActionRowComponent",
		"string_select": "APIStringSelectComponent", "user_select": "APIUserSelectComponent", "section": "APISectionComponent", "text_display": "APITextDisplayComponent",
		"thumbnail": "APIThumbnailComponent", "media_gallery": "APIMediaGalleryComponent", "file": "APIFileComponent", "separator": "APISeparatorComponent",
		"container": "APIContainerComponent", "unfurled": "APIUnfurledMediaItem", "poll": "RESTAPIPoll", "emoji": "APIMessageComponentEmoji",
	} {
		if types[name] == nil {
			t.Errorf("%s is not published", name)
			continue
		}
		compareType(t, "discord "+def+" and "+name, defs[def], types[name])
	}
}

// TestPublishedAdaptiveCards checks the elements of Teams' cards against Microsoft's
// library: every member is known, and every choice is accepted.
func TestPublishedAdaptiveCards(t *testing.T) {
	t.Parallel()
	var types map[string]struct {
		Members map[string]struct{ Values []any }
	}
	published.Read(t, "adaptivecards.mjs", &types)
	defs := definitions(t, "teams")
	names := map[string]string{"AdaptiveCard": "card", "Column": "column", "TableRow": "row", "TableCell": "cell", "CarouselPage": "page"}
	// Members that the library's base class has and the schema of cards does not.
	inherited := []string{"isVisible", "separator", "height", "horizontalAlignment", "spacing", "bleed"}
	for name, p := range types {
		def := name
		if other := names[name]; other != "" {
			def = other
		}
		d, known := defs[def]
		if !known {
			t.Errorf("there is an element %s that is not known", name)
			continue
		}
		for member, about := range p.Members {
			schema, known := d.Properties[member]
			if !known {
				if def != "card" || !slices.Contains(inherited, member) {
					t.Errorf("%s: the published member %q is not known", name, member)
				}
				continue
			}
			var s struct{ Pattern string }
			if json.Unmarshal(schema, &s) != nil || s.Pattern == "" {
				continue
			}
			for _, value := range about.Values {
				if !regexp.MustCompile(s.Pattern).MatchString(fmt.Sprint(value)) {
					t.Errorf("%s.%s does not take %v", name, member, value)
				}
			}
		}
	}
}
