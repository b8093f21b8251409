package markup

import (
	stdhtml "html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// angle returns what is between < and > on one line, and the length of the whole. It
// finds nothing if that is empty, or longer than any system accepts.
func angle(text string, i int) (inner string, n int) {
	const longest = 4096
	if at(text, i) != '<' {
		return "", 0
	}
	rest := text[i+1 : min(len(text), i+1+longest)]
	end := strings.IndexAny(rest, "<>\n")
	if end <= 0 || rest[end] != '>' {
		return "", 0
	}
	return rest[:end], end + 2
}

func isWeb(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "mailto:")
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// discordSpecial reads mentions, custom emojis, times and <URLs>.
func discordSpecial(text string, i int) (piece, int) {
	if text[i] == '@' {
		for _, name := range []string{"@everyone", "@here"} {
			if strings.HasPrefix(text[i:], name) {
				return piece{Mention, name, "", true}, len(name)
			}
		}
		return piece{}, 0
	}
	inner, n := angle(text, i)
	if n == 0 {
		return piece{}, 0
	}
	whole := text[i : i+n]
	switch {
	case isWeb(inner):
		return piece{Link, inner, inner, false}, n
	case allDigits(strings.TrimPrefix(strings.TrimPrefix(inner, "@"), "!")) && inner[0] == '@', allDigits(strings.TrimPrefix(inner, "@&")) && inner[0] == '@':
		return piece{Mention, whole, "", true}, n
	case inner[0] == '#' && allDigits(inner[1:]), strings.HasPrefix(inner, "id:"), inner[0] == '/' && strings.Contains(inner, ":"):
		return piece{Mention, whole, "", false}, n
	case strings.HasPrefix(inner, "t:"):
		unix, style, _ := strings.Cut(inner[2:], ":")
		if allDigits(strings.TrimPrefix(unix, "-")) && len(style) <= 1 {
			return piece{Timestamp, whole, "", false}, n
		}
	case strings.HasPrefix(inner, ":") || strings.HasPrefix(inner, "a:"):
		parts := strings.Split(strings.TrimPrefix(inner, "a"), ":")
		if len(parts) == 3 && parts[1] != "" && allDigits(parts[2]) {
			return piece{Emoji, ":" + parts[1] + ":", "https://cdn.discordapp.com/emojis/" + parts[2], false}, n
		}
	}
	return piece{}, 0
}

// slackUnescape reads the three entities that Slack knows.
func slackUnescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// slackEntity reads &amp; &lt; and &gt;.
func slackEntity(text string, i int) (piece, int) {
	for _, e := range [...][2]string{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		if strings.HasPrefix(text[i:], e[0]) {
			return piece{kind: Text, text: e[1]}, len(e[0])
		}
	}
	return piece{}, 0
}

// slackSpecial reads entities, emojis, and the control sequences in < and >.
func slackSpecial(text string, i int) (piece, int) {
	switch text[i] {
	case '&':
		return slackEntity(text, i)
	case ':':
		return shortcode(text, i)
	}
	inner, n := angle(text, i)
	if n == 0 {
		return piece{}, 0
	}
	target, label, labelled := strings.Cut(slackUnescape(inner), "|")
	shown := func(fallback string) string {
		if labelled && label != "" {
			return label
		}
		return fallback
	}
	switch target = strings.TrimSpace(target); {
	case target == "":
		return piece{}, 0
	case target == "!here" || target == "!channel" || target == "!everyone":
		return piece{Mention, shown("@" + target[1:]), "", true}, n
	case strings.HasPrefix(target, "!subteam^"), strings.HasPrefix(target, "@") && len(target) > 1:
		return piece{Mention, shown(text[i : i+n]), "", true}, n
	case strings.HasPrefix(target, "#") && len(target) > 1:
		return piece{Mention, shown(text[i : i+n]), "", false}, n
	case strings.HasPrefix(target, "!date^"):
		return piece{Timestamp, shown(text[i : i+n]), "", false}, n
	case isWeb(target) || strings.Contains(target, "://"):
		return piece{Link, shown(target), target, false}, n
	}
	return piece{}, 0
}

// googleChatSpecial reads <users/…> and <URL|label>.
func googleChatSpecial(text string, i int) (piece, int) {
	inner, n := angle(text, i)
	if n == 0 {
		return piece{}, 0
	}
	target, label, _ := strings.Cut(inner, "|")
	switch {
	case strings.HasPrefix(target, "users/") && len(target) > len("users/"):
		return piece{Mention, text[i : i+n], "", true}, n
	case isWeb(target) && label != "":
		return piece{Link, label, target, false}, n
	case isWeb(target):
		return piece{Link, target, target, false}, n
	}
	return piece{}, 0
}

// commonSpecial reads entities, named emojis, and <URLs>.
func commonSpecial(text string, i int) (piece, int) {
	switch text[i] {
	case '&':
		return htmlEntity(text, i)
	case ':':
		return shortcode(text, i)
	case '<':
		if inner, n := angle(text, i); n > 0 && isWeb(inner) && !strings.Contains(inner, " ") {
			return piece{Link, inner, inner, false}, n
		}
	}
	return piece{}, 0
}

// longestEntity is more than the length of the longest entity name in HTML.
const longestEntity = 40

func htmlEntity(text string, i int) (piece, int) {
	end := strings.IndexByte(text[i:min(len(text), i+longestEntity)], ';')
	if end < 0 {
		return piece{}, 0
	}
	whole := text[i : i+end+1]
	shown := stdhtml.UnescapeString(whole)
	if shown == whole || strings.HasSuffix(shown, ";") && whole != "&semi;" {
		return piece{}, 0
	}
	return piece{kind: Text, text: shown}, len(whole)
}

// shortcode reads the name of an emoji, such as :fire:.
func shortcode(text string, i int) (piece, int) {
	const longest = 64
	if i > 0 && (isAlnum(text[i-1]) || text[i-1] == ':') {
		return piece{}, 0
	}
	letters := false
	for j := i + 1; j < len(text) && j-i < longest; j++ {
		switch c := text[j]; {
		case c == ':' && letters && !isAlnum(at(text, j+1)):
			return piece{Emoji, text[i : j+1], "", false}, j + 1 - i
		case isAlpha(c):
			letters = true
		case !isDigit(c) && c != '_' && c != '-' && c != '+':
			return piece{}, 0
		}
	}
	return piece{}, 0
}

// mattermostSpecial adds what Mattermost adopted from Slack to the common ones.
func mattermostSpecial(text string, i int) (piece, int) {
	if inner, n := angle(text, i); n > 0 {
		target, label, labelled := strings.Cut(inner, "|")
		switch {
		case inner == "!channel" || inner == "!here" || inner == "!all":
			return piece{Mention, "@" + inner[1:], "", true}, n
		case labelled && label != "" && !strings.Contains(label, "|") && target != "":
			return piece{Link, label, target, false}, n
		case inner[0] == '@' && len(inner) > 1 && strings.IndexFunc(inner[1:], func(r rune) bool { return !wordRune(r) }) < 0:
			return piece{Mention, text[i : i+n], "", true}, n
		}
	}
	return commonSpecial(text, i)
}

// zulipSpecial reads @**name**, @*group*, the silent @_**name**, and #**stream**. A
// mention is at the beginning of the text, or after a blank, a quote, a slash or an
// opening bracket (zerver/lib/mention.py).
func zulipSpecial(text string, i int) (piece, int) {
	if before, _ := utf8.DecodeLastRuneInString(text[:i]); text[i] == '@' && i > 0 && !unicode.IsSpace(before) && !strings.ContainsRune("'\"({[/<", before) {
		return commonSpecial(text, i)
	}
	for _, mark := range [...]struct {
		open, end string
		ping      bool
	}{{"@**", "**", true}, {"@_**", "**", false}, {"@*", "*", true}, {"@_*", "*", false}, {"#**", "**", false}} {
		rest, ok := strings.CutPrefix(text[i:min(len(text), i+200)], mark.open)
		if !ok {
			continue
		}
		end := strings.Index(rest, mark.end)
		if end <= 0 || strings.ContainsAny(rest[:end], "*\n") {
			continue
		}
		return piece{Mention, text[i:i+1] + rest[:end], "", mark.ping}, len(mark.open) + end + len(mark.end)
	}
	return commonSpecial(text, i)
}

// zulipSlackSpecial also reads <URL|label>.
func zulipSlackSpecial(text string, i int) (piece, int) {
	if inner, n := angle(text, i); n > 0 {
		if target, label, ok := strings.Cut(inner, "|"); ok && label != "" && isWeb(target) {
			return piece{Link, label, target, false}, n
		}
	}
	return zulipSpecial(text, i)
}

// webexSpecial reads <@all> and <@personEmail:…|name>.
func webexSpecial(text string, i int) (piece, int) {
	if inner, n := angle(text, i); n > 0 && inner[0] == '@' {
		target, label, _ := strings.Cut(inner[1:], "|")
		if target == "all" || strings.HasPrefix(target, "personEmail:") || strings.HasPrefix(target, "personId:") {
			if label == "" {
				label = "@" + target[strings.IndexByte(target, ':')+1:]
			}
			return piece{Mention, label, "", true}, n
		}
	}
	return commonSpecial(text, i)
}

// adaptiveCardSpecial reads <at>name</at>. It only notifies together with an entity of
// that name in the card, so by itself it is not a ping.
func adaptiveCardSpecial(text string, i int) (piece, int) {
	if inner, n := element(text, i, "<at>", "</at>"); n > 0 {
		return piece{Mention, "@" + inner, "", false}, n
	}
	if text[i] == '&' {
		return htmlEntity(text, i)
	}
	return piece{}, 0
}

// larkSpecial reads <at user_id="all">name</at> and <at id=all></at>.
func larkSpecial(text string, i int) (piece, int) {
	inner, n := element(text, i, "<at ", "</at>")
	if n == 0 {
		return piece{}, 0
	}
	attributes, name, ok := strings.Cut(inner, ">")
	_, id, _ := strings.Cut(attributes, "=")
	if id = strings.Trim(id, `"' `); !ok || id == "" {
		return piece{}, 0
	}
	if name == "" {
		name = id
	}
	return piece{Mention, "@" + name, "", true}, n
}

// weComSpecial reads mentions, HTML entities, and the colours of text, which the tree
// does not have.
func weComSpecial(text string, i int) (piece, int) {
	if text[i] == '&' {
		return htmlEntity(text, i)
	}
	inner, n := angle(text, i)
	switch {
	case n == 0:
		return piece{}, 0
	case strings.HasPrefix(inner, "@") && len(inner) > 1 && !strings.Contains(inner, " "):
		return piece{Mention, inner, "", true}, n
	case inner == "/font" || strings.HasPrefix(inner, "font color="):
		return piece{Text, "", "", false}, n
	}
	return piece{}, 0
}

// element returns what is between two tags on one line.
func element(text string, i int, open, end string) (inner string, n int) {
	const longest = 1024
	rest, ok := strings.CutPrefix(text[i:min(len(text), i+longest)], open)
	if !ok {
		return "", 0
	}
	length := strings.Index(rest, end)
	if length < 0 || strings.ContainsAny(rest[:length], "\n<") {
		return "", 0
	}
	return rest[:length], len(open) + length + len(end)
}

// findNames finds @names as Mattermost does, whose rule is the widest: a name may begin
// after anything except a letter, a digit, _ or @, and after _ where that begins a
// word. Each may notify somebody; @all, @channel and @here notify everyone.
func findNames(text string) []found {
	var all []found
	for i := 0; i < len(text); i++ {
		if text[i] != '@' || !beginsName(text, i) {
			continue
		}
		end := i + 1
		for end < len(text) && (isAlnum(text[end]) || strings.IndexByte("._-", text[end]) >= 0) {
			end++
		}
		for end > i+1 && strings.IndexByte("._-", text[end-1]) >= 0 {
			end--
		}
		if end > i+1 {
			all = append(all, found{Mention, i, end, "", true})
			i = end - 1
		}
	}
	return all
}

func beginsName(text string, i int) bool {
	const farthest = 64
	for back := 1; back <= farthest; back++ {
		if i-back < 0 {
			return true
		}
		switch c := text[i-back]; {
		case c == '_':
			continue
		case isAlnum(c), c >= 0x80 && back > 1, c == '@':
			return false
		}
		return true
	}
	return false
}
