package describe

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination/telegram"
)

// Chats lists the chats that a Telegram bot has seen, with their topics.
func Chats(chats []telegram.Chat, style typeset.Style) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tTYPE\tTITLE")
	for _, chat := range chats {
		title := typeset.OneLine(chat.Title)
		if chat.Username != "" {
			title += " (@" + typeset.OneLine(chat.Username) + ")"
		}
		if chat.Gone != "" {
			title += " – " + chat.Gone
		}
		fmt.Fprintf(w, "%d\t%s\t%s\n", chat.ID, typeset.OneLine(chat.Type), title)
		for _, topic := range chat.Topics {
			fmt.Fprintf(w, "\ttopic\t%s, message_thread_id %d\n", typeset.OneLine(topic.Name), topic.ID)
		}
	}
	w.Flush() //nolint:errcheck // a Builder never fails
	head, rest, _ := strings.Cut(b.String(), "\n")
	return style.Bold(head) + "\n" + rest
}
