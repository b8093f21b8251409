// Package markup parses the text dialects of the systems that receive alerts, each as
// its own system reads it, all into the same kind of tree.
//
//	doc, err := markup.Parse(markup.TelegramMarkdown, "*checkout* is down")
//	if err != nil {
//		// The words are those of Telegram: it would refuse the message.
//	}
//	doc.Text     // "checkout is down": what its reader sees
//	doc.Nodes    // bold "checkout", then text " is down"
//	doc.Pings()  // what would notify people
//
// Only Telegram rejects invalid markup. Every other dialect shows what it cannot read
// as it is, so Parse never fails for it.
//
// Telegram's three dialects follow the source of its Bot API server and TDLib
// (td/telegram/MessageEntity.cpp) byte for byte: words, byte offsets, entities in
// UTF-16 code units, and what is lost silently. The Markdown family follows what the
// vendors document; what they do not document is read as CommonMark.
//
// Every parser is safe on any input and takes time that grows about linearly
// with its length.
package markup
