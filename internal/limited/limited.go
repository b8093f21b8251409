// Package limited reads files up to a limit, so that an endless one, such as a device,
// does not fill the memory.
package limited

import (
	"errors"
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
	data, err := Read(f, limit)
	var inPath *os.PathError
	if err != nil && !errors.As(err, &inPath) {
		err = &os.PathError{Op: "read", Path: path, Err: err}
	}
	return data, err
}

// Read is like io.ReadAll, but fails if there is more than a limit in bytes.
func Read(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil {
		err = Check(data, limit)
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Check returns an error if the contents of a file are larger than a limit in bytes.
func Check(data []byte, limit int64) error {
	if int64(len(data)) > limit {
		return fmt.Errorf("the file is larger than %d bytes", limit)
	}
	return nil
}
