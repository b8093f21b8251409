package coroot

import (
	"testing"
	"time"
)

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", 5*time.Minute + 30*time.Second: "5m30s", 90 * time.Minute: "1h30m", 10 * time.Minute: "10m",
		time.Hour + 5*time.Second: "1h5s", 25*time.Hour + time.Minute: "1d1h", 8 * 24 * time.Hour: "1w1d", 400 * 24 * time.Hour: "1y5w",
	} {
		if got := formatDuration(d); got != want {
			t.Errorf("formatDuration(%s) = %q, want %q", d, got, want)
		}
	}
}
