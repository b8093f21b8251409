package coroot

import (
	"strconv"
	"strings"
	"time"
)

// formatDuration writes a duration as Coroot does in an alert (its
// utils.FormatDurationShort with two parts): the two largest units that are not
// zero, such as 5m30s or 1h30m.
func formatDuration(d time.Duration) string {
	const day = 24 * time.Hour
	units := []struct {
		name string
		size time.Duration
	}{{"y", 365 * day}, {"w", 7 * day}, {"d", day}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}}
	var b strings.Builder
	if d < 0 {
		b.WriteByte('-')
		d = -d
	}
	parts := 0
	for _, unit := range units {
		n := d / unit.size
		if n == 0 {
			continue
		}
		b.WriteString(strconv.FormatInt(int64(n), 10) + unit.name)
		d -= n * unit.size
		if parts++; parts == 2 {
			break
		}
	}
	if parts == 0 {
		return "0s"
	}
	return b.String()
}
