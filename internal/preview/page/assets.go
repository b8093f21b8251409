//go:build !offline

package page

import (
	"embed"
	"io/fs"
)

//go:embed assets/*.css assets/*.js
var assets embed.FS

// Assets returns the files that the page loads, in the folder assets.
func Assets() fs.FS { return assets }
