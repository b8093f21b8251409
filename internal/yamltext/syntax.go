package yamltext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// SyntaxError says why a text is not YAML, in words for people who write it.
type SyntaxError struct {
	Line    int // from 1; 0 when no place is known
	Offset  int // of the byte; -1 when only the line is known
	Message string
	Hint    string // what would be right; may be empty
}

func (e *SyntaxError) Error() string { return e.Message }

// maxBrackets bounds how deeply flow collections may nest: the time that the parser
// takes grows with the square of the depth. Brackets in text count too, because nobody
// leaves that many open.
const maxBrackets = 1000

// Parse returns the documents of a text. The error is a *SyntaxError.
func Parse(data []byte) (docs []*yaml.Node, err error) {
	if line := tooDeep(data); line > 0 {
		return nil, &SyntaxError{Line: line, Offset: -1, Message: fmt.Sprintf("more than %d brackets are open", maxBrackets)}
	}
	docs, err = parse(data)
	if err != nil {
		return nil, explain(data, err)
	}
	return docs, nil
}

// tooDeep returns the line at which too many brackets are open, or 0 if there is none.
func tooDeep(data []byte) int {
	depth, line := 0, 1
	for _, c := range data {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > maxBrackets {
				return line
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0
}

func parse(data []byte) (docs []*yaml.Node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		switch err := decoder.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, err
		case len(doc.Content) > 0:
			docs = append(docs, doc.Content[0])
		}
	}
}

// maxExplained bounds the size of texts that are parsed again, in part, to find the
// place of a mistake, in bytes.
const maxExplained = 1 << 15

// explain rewords an error of the parser, which gives at best a line, and not always
// the right one.
func explain(data []byte, err error) *SyntaxError {
	line, message := split(err)
	if name, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		name = strings.TrimSuffix(name, "' referenced")
		e := at(data, bytes.Index(data, []byte("*"+name)))
		e.Message = fmt.Sprintf("there is no anchor %q for this alias", name)
		return e
	}
	e := &SyntaxError{Line: line, Offset: -1}
	if offset := place(data, message); offset >= 0 {
		e = at(data, offset)
	}
	e.Message, e.Hint = e.words(data, message)
	e.Message = "YAML: " + e.Message
	return e
}

// place returns the offset of the mistake that a parser message is about, or -1 if it
// cannot be found.
func place(data []byte, message string) int {
	switch {
	case len(data) > maxExplained, message == "could not find expected ':'": // every text that ends within a key lacks this
		return -1
	case strings.HasSuffix(message, "end of stream"), strings.HasPrefix(message, "did not find expected ',' or"), message == "did not find expected node content":
		if offset := opening(data); offset >= 0 {
			return offset
		}
	}
	return firstFailing(data, message)
}

// split separates the line from the message in an error of the parser.
func split(err error) (line int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if number, rest, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(number); err == nil {
				return n, rest
			}
		}
	}
	return 0, message
}

func at(data []byte, offset int) *SyntaxError {
	return &SyntaxError{Line: 1 + bytes.Count(data[:max(offset, 0)], []byte("\n")), Offset: offset}
}

// firstFailing returns the end of the shortest prefix of a text that fails with a
// message, or -1 if it cannot be found.
func firstFailing(data []byte, message string) int {
	fails := func(length int) bool {
		_, err := parse(data[:length])
		if err == nil {
			return false
		}
		_, found := split(err)
		return found == message
	}
	end := min(sort.Search(len(data), fails), len(data)) - 1
	if strings.HasPrefix(message, "did not find expected") && !strings.HasSuffix(message, "content") { // it is about the whole key
		line := bytes.LastIndexByte(data[:max(end, 0)], '\n') + 1
		return min(end, line+len(data[line:])-len(bytes.TrimLeft(data[line:], " ")))
	}
	return end
}

// maxOpenings bounds how many brackets and quotation marks are tried.
const maxOpenings = 64

// opening returns the last bracket or quotation mark before which all is well, and
// which is not closed. It is -1 if it cannot be found.
func opening(data []byte) int {
	end := len(data)
	for range maxOpenings {
		end = bytes.LastIndexAny(data[:end], `"'[{`)
		if end < 0 {
			break
		}
		if _, err := parse(data[:end]); err == nil {
			return end
		}
	}
	return -1
}

// words rewords a message of the parser.
func (e *SyntaxError) words(data []byte, message string) (words, hint string) {
	char := byte(0)
	if e.Offset >= 0 && e.Offset < len(data) {
		char = data[e.Offset]
	}
	switch {
	case char == '[' || char == '{':
		return fmt.Sprintf("this %c is not closed, or a comma is missing after it", char), "close it, or put a text that begins with it in quotes"
	case strings.HasSuffix(message, "end of stream"):
		return "this quotation mark is not closed", ""
	case char == '\t', strings.HasPrefix(message, "found a tab character"):
		return "a tab cannot indent", "use blanks"
	}
	for _, known := range explained {
		if known.message == message {
			return known.words, known.hint
		}
	}
	return message, ""
}

// explained maps messages of the parser to better words.
var explained = []struct{ message, words, hint string }{
	{"mapping values are not allowed in this context", "a key is not allowed here", "put a text with a colon in quotes; the keys of one mapping begin in the same column"},
	{"did not find expected key", "this is not a key of the mapping around it", "the keys of one mapping begin in the same column"},
	{"did not find expected '-' indicator", "this is not an item of the list around it", "the items of one list begin in the same column, each with a dash"},
	{"could not find expected ':'", "a colon is missing after this key", ""},
	{"block sequence entries are not allowed in this context", "an item of a list is not allowed here", "begin the list on a line of its own, below its key"},
	{"found character that cannot start any token", "a text cannot begin with this character", "put it in quotes"},
	{"found unknown escape character", "this is not an escape of YAML", `write a backslash in double quotes as \\, or use single quotes`},
	{"did not find expected <document start>", "this does not belong to the document above", "begin another document with a line ---; or is the indentation wrong?"},
	{"control characters are not allowed", "a control character is not allowed", `write it in double quotes as an escape, such as \x1b`},
}
