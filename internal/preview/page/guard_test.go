package page

import "testing"

// TestOwnHost checks Host headers as browsers send them: they leave out port 80.
func TestOwnHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		addr, host string
		want       bool
	}{
		{"127.0.0.1:80", "127.0.0.1", true},
		{"127.0.0.1:80", "localhost", true},
		{"127.0.0.1:80", "127.0.0.1:80", true},
		{"[::1]:80", "[::1]", true},
		{"127.0.0.1:80", "evil.example", false},
		{"127.0.0.1:80", "127.0.0.1:81", false},
		{"127.0.0.1:81", "127.0.0.1", false},
		{"[::1]:8080", "[::1]:8080", true},
		{"127.0.0.2:8080", "127.0.0.2:8080", true},
		{"127.0.0.1:80", "", false},
	} {
		if got := (&Server{addr: tt.addr}).isOwnHost(tt.host); got != tt.want {
			t.Errorf("%q at %s: %v", tt.host, tt.addr, got)
		}
	}
}
