package webhook_test

import (
	"os"
	"testing"
)

// TestMain makes the tests send without the proxy that a machine may have.
func TestMain(m *testing.M) {
	if err := os.Setenv("NO_PROXY", "*"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
