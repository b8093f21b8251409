package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
)

// ReadLine prompts for a line and reads it. Ctrl-C ends it.
func ReadLine(ctx context.Context, in io.Reader, out io.Writer, prompt string) (string, error) {
	fmt.Fprint(out, prompt)
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := bufio.NewReader(in).ReadString('\n')
		done <- result{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		if r.err == io.EOF { //nolint:errorlint // ReadString returns io.EOF unwrapped
			return r.text, nil
		}
		return r.text, r.err
	}
}
