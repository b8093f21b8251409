#!/usr/bin/env bash
# Draws the pictures of README.md again from what hooktool prints. It needs
# chromium, a font with emoji (fonts-noto-color-emoji), and freeze: go install github.com/charmbracelet/freeze@v0.2.2
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/hooktool" ./cmd/hooktool
export PATH=$bin:$PATH CLICOLOR_FORCE=1 COLUMNS=100

# picture NAME COMMAND: the command with its prompt, and what it prints. The font
# is left to the reader's machine: an embedded one would be most of the file.
picture() {
	{
		printf '\033[1m$ %s\033[0m\n' "$2"
		sh -c "$2" || true
	} | freeze --language ansi --theme github-dark --background '#0d1117' --window --padding 20 --wrap 112 \
		--font.size 14 --output "$bin/$1.svg" - >/dev/null
	perl -0pe 's/<style.*?<\/style>//s; s/font-family="[^"]*"/font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"/g' \
		"$bin/$1.svg" >"docs/pictures/$1.svg"
}

picture validate 'hooktool validate testdata/tests/quick-alert.tmpl'
picture fix 'hooktool fix testdata/tests/quick-alert.tmpl --diff'
picture preview 'hooktool preview testdata/templates/telegram/deployment.tmpl'

# The live page, with the starter templates of three destinations.
mkdir "$bin/shop" && cd "$bin/shop"
for name in telegram discord teams; do hooktool init "$name" --dir "$name" >/dev/null; done
hooktool preview --serve >"$bin/page" 2>/dev/null &
page=$!
trap 'kill $page; rm -rf "$bin"' EXIT
until [ -s "$bin/page" ]; do sleep 0.1; done
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --disable-background-networking --user-data-dir="$bin/profile" \
	--timeout=5000 --window-size=1400,900 --screenshot="$OLDPWD/docs/pictures/page.png" "$(head -1 "$bin/page")" 2>/dev/null
