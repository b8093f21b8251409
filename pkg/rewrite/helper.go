package rewrite

import (
	"fmt"

	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// unusedName returns a template name that is not yet in use.
func (f *fixer) unusedName(name string) string {
	for i := 1; ; i++ {
		candidate := name
		if i > 1 {
			candidate = fmt.Sprint(name, i)
		}
		if f.trees[candidate] == nil {
			return candidate
		}
	}
}

// addHelper inserts the escaping helper template at the top in each of several candidate
// changes, if it is needed.
func (f *fixer) addHelper(ways []edits) {
	if !f.needHelper || f.hasHelper {
		return
	}
	f.hasHelper = true
	helper := edit{0, 0, fmt.Sprintf(jsonflow.EscaperText, f.helper) + f.options.afterDefine(f.text)}
	for i, e := range ways {
		ways[i] = append(edits{helper}, e...)
	}
}

// afterDefine returns the separator between a definition and what follows; the
// definition's trim marker removes it from the output.
func (o Options) afterDefine(text string) string {
	if o.OneLine {
		return " "
	}
	return lineEnd(text)
}

// lineEnd returns the line ending that a text uses.
func lineEnd(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '\n' {
			if text[i-1] == '\r' {
				return "\r\n"
			}
			break
		}
	}
	return "\n"
}
