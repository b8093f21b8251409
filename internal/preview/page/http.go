//go:build !offline

package page

import (
	"errors"
	"net/http"
)

// mostForm bounds what a page may send, in bytes.
const mostForm = 8 << 20

// Handler answers requests for the page and its parts.
func (p *Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.handle(""))
	for _, part := range []string{"view", "check", "fix", "save", "mark"} {
		mux.HandleFunc("POST /"+part, p.handle(part))
	}
	mux.Handle("GET /assets/", http.FileServerFS(assets))
	return mux
}

func (p *Pages) handle(part string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostForm)
		if err := r.ParseMultipartForm(mostForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			http.Error(w, "the request is too large or cannot be read", http.StatusBadRequest)
			return
		}
		values := r.PostForm
		if part == "" {
			values = r.URL.Query()
		}
		html, err := p.Answer(r.Context(), part, values)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(html) // a browser that went away is not an error
	}
}
