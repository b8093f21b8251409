//go:build js && wasm

// Command app answers the playground's page from a worker of the browser. The
// worker's script calls the function hooktoolAnswer that it defines.
package main

import (
	"context"
	"fmt"
	"net/url"
	"syscall/js"

	"github.com/hooktool/hooktool/internal/playground"
	"github.com/hooktool/hooktool/internal/preview/page"
)

func main() {
	pages, err := playground.New()
	if err != nil {
		panic(err) // what is embedded cannot be read
	}
	js.Global().Set("hooktoolAnswer", js.FuncOf(func(_ js.Value, args []js.Value) any {
		part, form := args[0].String(), args[1].String()
		return promise(func() map[string]any { return answer(pages, part, form) })
	}))
	js.Global().Call("hooktoolReady")
	select {} // the functions above are called later
}

// promise returns a JavaScript promise of the result of work. The work is done in a
// goroutine, because a call from JavaScript must not block.
func promise(work func() map[string]any) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve := args[0]
		go func() {
			defer executor.Release()
			resolve.Invoke(work())
		}()
		return nil
	})
	return js.Global().Get("Promise").New(executor)
}

// answer returns {html} or {error}. A panic becomes an error: it would end the program,
// and the page with it.
func answer(pages *page.Pages, part, form string) (result map[string]any) {
	defer func() {
		if r := recover(); r != nil {
			result = map[string]any{"error": fmt.Sprintf("hooktool failed: %v. Please report it", r)}
		}
	}()
	values, err := url.ParseQuery(form)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	html, err := pages.Answer(context.Background(), part, values)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"html": string(html)}
}
