package source

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Problem is something wrong at a place of a file: an error, or a warning.
type Problem struct {
	Path    string   // the file as the user named it; may be empty
	Pos     Position // in the whole file; zero when no place is known
	End     Position // just after the fault; zero when it is not known
	Message string
	Hint    string // what would be right; may be empty
	Err     error  // the cause; may be nil
}

func (p *Problem) Error() string {
	switch place := p.Place(); place {
	case "":
		return p.Message
	default:
		return place + ": " + p.Message
	}
}

func (p *Problem) Unwrap() error { return p.Err }

// Problem returns the problem itself; see Teller.
func (p *Problem) Problem() *Problem { return p }

// Place is path:line:column, as far as it is known.
func (p *Problem) Place() string {
	switch {
	case !p.Pos.IsValid():
		return p.Path
	case p.Path == "":
		return p.Pos.String()
	}
	return fmt.Sprintf("%s:%s", p.Path, p.Pos)
}

// UTF16 returns what is wrong with a text that begins with the byte order mark of
// UTF-16, as some editors and shells on Windows write it; nil for any other.
func UTF16(path string, text []byte) *Problem {
	if len(text) < 2 || text[0]^text[1] != 0xFE^0xFF || min(text[0], text[1]) != 0xFE {
		return nil
	}
	return &Problem{Path: path, Message: "the file is in UTF-16", Hint: "save it in UTF-8"}
}

// Teller is an error that knows its place and what would be right.
type Teller interface {
	error
	Problem() *Problem
}

// Misuse reports whether an error is the user's: whether it says, by a method Misuse,
// that a command line or a configuration is wrong, rather than that work failed.
func Misuse(err error) bool {
	var misuse interface {
		error
		Misuse() bool
	}
	return errors.As(err, &misuse) && misuse.Misuse()
}

// ProblemOf returns the problem that an error describes: that of the first Teller in
// its chain, prefixed with the words of the errors around it, or else the path of an
// *fs.PathError. It is nil for nil.
func ProblemOf(err error) *Problem {
	var (
		teller Teller
		inPath *fs.PathError
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &teller):
		p := *teller.Problem()
		p.Message = wordsBefore(err, teller) + p.Message
		return &p
	case errors.As(err, &inPath):
		return &Problem{Path: inPath.Path, Message: wordsBefore(err, inPath) + plain(inPath), Err: err}
	}
	return &Problem{Message: err.Error(), Err: err}
}

// ProblemsOf returns the problem that an error describes, or one for each error that
// was joined.
func ProblemsOf(err error) []*Problem {
	if err == nil {
		return nil
	}
	joined := parts(err)
	if joined == nil {
		return []*Problem{ProblemOf(err)}
	}
	var all []*Problem
	for _, each := range joined {
		all = append(all, ProblemsOf(each)...)
	}
	return all
}

// parts returns the errors of errors.Join, and nil for any other error.
func parts(err error) []error {
	var joined interface {
		error
		Unwrap() []error
	}
	if !errors.As(err, &joined) {
		return nil
	}
	var texts []string
	for _, each := range joined.Unwrap() {
		texts = append(texts, each.Error())
	}
	if joined.Error() != strings.Join(texts, "\n") { // one error with several causes
		return nil
	}
	return joined.Unwrap()
}

// wordsBefore returns what an error says before the one that it wraps.
func wordsBefore(err, wrapped error) string {
	before, ok := strings.CutSuffix(err.Error(), wrapped.Error())
	if !ok {
		return ""
	}
	return before
}

// plain describes a file error without the name of the system call.
func plain(err *fs.PathError) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or directory"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	return err.Err.Error()
}
