package source

import "fmt"

// Problem is something wrong at a place of a file: an error, or a warning.
type Problem struct {
	Path    string   // the file as the user named it
	Pos     Position // in the whole file
	Message string
	Hint    string // what would be right; may be empty
}

func (p *Problem) Error() string {
	if p.Pos.IsValid() {
		return fmt.Sprintf("%s:%s: %s", p.Path, p.Pos, p.Message)
	}
	return fmt.Sprintf("%s: %s", p.Path, p.Message)
}
