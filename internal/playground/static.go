//go:build !offline

package playground

import (
	"embed"
	"io/fs"
)

//go:embed static
var static embed.FS

// Static returns what the browser loads in addition to the program and the page's own
// assets.
func Static() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}
