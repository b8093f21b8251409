// Package limited reads files up to a limit, so that an endless one, such as a device,
// does not fill the memory.
package limited

import (
	"fmt"
	"io"
	"os"
)

// ReadFile is like os.ReadFile, but fails if the file is larger than a limit in bytes.
func ReadFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &os.PathError{Op: "read", Path: path, Err: fmt.Errorf("the file is larger than %d bytes", limit)}
	}
	return data, err
}
