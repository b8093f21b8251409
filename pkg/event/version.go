package event

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a version of Coroot. The zero Version is the newest.
type Version [3]int

// ParseVersion reads a version such as 1.18 or v1.19.2.
func ParseVersion(text string) (Version, error) {
	var v Version
	parts := strings.Split(strings.TrimPrefix(text, "v"), ".")
	if len(parts) > len(v) || len(parts) < 2 {
		return Version{}, fmt.Errorf("%q is not a version of Coroot, such as 1.19.2", text)
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return Version{}, fmt.Errorf("%q is not a version of Coroot, such as 1.19.2", text)
		}
		v[i] = n
	}
	return v, nil
}

func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

// Before reports whether a version is older than another, given as text. The newest is
// older than none, and none is older than "".
func (v Version) Before(other string) bool {
	if v == (Version{}) {
		return false
	}
	o, err := ParseVersion(other)
	for i := range v {
		if v[i] != o[i] {
			return err == nil && v[i] < o[i]
		}
	}
	return false
}
