package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"strconv"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// maxMessage bounds the size of a message, in bytes: a document of the largest size of
// a template, with every byte escaped.
const maxMessage = 128 << 20

// stream reads and writes messages, each after a header with its length. It answers
// what cannot be decoded as a message, and reads the next one.
type stream struct {
	in     *bufio.Reader
	closer []io.Closer

	mu  sync.Mutex
	out io.Writer
}

func newStream(in io.Reader, out io.Writer) *stream {
	s := &stream{in: bufio.NewReader(in), out: out}
	for _, each := range []any{in, out} {
		if closer, ok := each.(io.Closer); ok && each != os.Stdin { // a read of stdin cannot be interrupted
			s.closer = append(s.closer, closer)
		}
	}
	return s
}

// Close closes what can be closed, so that a waiting reader ends.
func (s *stream) Close() error {
	var errs []error
	for _, closer := range s.closer {
		errs = append(errs, closer.Close())
	}
	return errors.Join(errs...)
}

// ReadObject reads the next valid message.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.body()
		if err != nil {
			return err
		}
		if !json.Valid(body) {
			if err := s.refuse(jsonrpc2.CodeParseError, "the message is not JSON"); err != nil {
				return err
			}
			continue
		}
		if err := json.Unmarshal(body, v); err == nil {
			return nil
		}
		if err := s.refuse(jsonrpc2.CodeInvalidRequest, "the message is neither a request nor a response"); err != nil {
			return err
		}
	}
}

// body reads a message. An error is about the header, after which it is unknown where
// the next message begins.
func (s *stream) body() ([]byte, error) {
	header, err := textproto.NewReader(s.in).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil || length < 0 || length > maxMessage {
		return nil, fmt.Errorf("the header of a message has the length %q", header.Get("Content-Length"))
	}
	var body limitedBuffer
	if _, err := io.CopyN(&body, s.in, int64(length)); err != nil {
		return nil, err
	}
	return body, nil
}

// limitedBuffer grows with what arrives, not with what a header promises.
type limitedBuffer []byte

func (b *limitedBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// refuse answers a message whose ID is unknown.
func (s *stream) refuse(code int64, message string) error {
	return s.WriteObject(map[string]any{"jsonrpc": "2.0", "id": nil, "error": jsonrpc2.Error{Code: code, Message: message}})
}

// WriteObject writes a message.
func (s *stream) WriteObject(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.out.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body)), body...))
	return err
}
