package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/destination/telegram"
)

const chatsLong = `Check a bot's token, and list the chats that the bot has seen with their ids, which
templates need as chat_id.

The token comes from --token-file, HOOKTOOL_TELEGRAM_TOKEN or TELEGRAM_TOKEN, or is
asked for on the terminal without being shown. It is never printed.

Telegram reports chats in which something happened in the last 24 hours: a message
to the bot, the bot joining a group, a post in a channel. Listing these updates does
not consume them: other programs can still fetch them.`

const chatsExample = `  hooktool telegram chats
  hooktool telegram chats --token-file token.txt --format json
  hooktool telegram chats --api-url http://telegram-bot-api.internal:8081`

type chatsOptions struct {
	app       *app
	tokenFile string
	apiURL    string
	format    string
}

func newTelegramCmd(a *app) *cobra.Command {
	return about{use: "telegram", short: "Set up a Telegram bot: find the ids of its chats"}.group(newChatsCmd(a))
}

func newChatsCmd(a *app) *cobra.Command {
	o := chatsOptions{app: a, apiURL: telegram.DefaultAPI}
	cmd := about{"chats", "Check a bot's token, and list the chats that it has seen", chatsLong, chatsExample}.command(o.run)
	cmd.Args = help.Args(0, 0, "hooktool telegram chats")
	cmd.Flags().SortFlags = false
	option.Define(cmd, "token-file", &o.tokenFile, "api-url", &o.apiURL)
	option.Format(cmd, &o.format, "text", "json")
	return cmd
}

func (o *chatsOptions) run(ctx context.Context, _ []string) error {
	client, err := telegram.NewClient(o.apiURL, "")
	if err != nil {
		return exit.Usage("such as "+telegram.DefaultAPI, "--api-url: %w", err)
	}
	if client.Token, err = o.token(ctx); err != nil {
		return err
	}
	bot, err := client.Me(ctx)
	if err != nil {
		return explain("check the token", err)
	}
	chats, err := client.Chats(ctx)
	if err != nil {
		return explain("ask for the chats of @"+bot.Username, err)
	}
	if len(chats) == 0 {
		return exit.Failed(fmt.Sprintf(`do something that the bot can see, and run this again within 24 hours:
for yourself: open https://t.me/%[1]s and press Start
for a group: add @%[1]s to it, or write /start@%[1]s there
for a channel: add @%[1]s as an administrator, and post something`, bot.Username), "the bot @%s has seen no chat in the last 24 hours", bot.Username)
	}
	if o.format == "json" {
		return jsontree.Write(o.app.out, map[string]any{"version": 1, "bot": bot, "chats": chats})
	}
	return o.print(bot, chats)
}

// token returns the bot's token.
func (o *chatsOptions) token(ctx context.Context) (string, error) {
	variable := settings.EnvName("telegram-token")
	token, err := o.app.secret(ctx, o.tokenFile, "the bot's token (not shown): ", variable, settings.StarterToken)
	switch {
	case errors.Is(err, terminal.ErrNotAsked):
		return "", exit.Usage(fmt.Sprintf("set %s or %s, or give --token-file; @BotFather gives you the token", settings.StarterToken, variable), "there is no token: %w", err)
	case err != nil:
		return "", err
	}
	token = strings.TrimPrefix(strings.TrimSpace(token), "bot")
	if !telegram.ValidToken(token) {
		return "", exit.Usage("a token looks like 123456789:AAE…; @BotFather gives it to you", "this is not a bot's token")
	}
	return token, nil
}

// explain says what a failure means.
func explain(what string, err error) error {
	code := exit.Failure
	if errors.As(err, new(*telegram.APIError)) {
		code = exit.Findings
	}
	return &exit.Error{Code: code, Err: fmt.Errorf("%s: %w", what, err), Hint: "is --api-url right?"}
}

func (o *chatsOptions) print(bot telegram.Bot, chats []telegram.Chat) error {
	o.app.note("the token is that of @%s", printable.Text(bot.Username))
	if err := printAll(o.app.out, describe.Chats(chats, o.app.outPalette())); err != nil {
		return err
	}
	o.app.note("use an id as chat_id: hooktool init telegram --set chat_id=%d", chats[len(chats)-1].ID)
	return nil
}
