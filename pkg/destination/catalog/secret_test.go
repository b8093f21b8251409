package catalog_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestSecretURL checks that a URL is a secret if the requests of test-send would mask a
// part of it.
func TestSecretURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{
		"":                                       false,
		"https://host":                           false,
		"https://host/":                          false,
		"https://host/hooks/abc":                 true,
		"https://host/?x":                        true,
		"https://host/#x":                        true,
		"https://token@host/":                    true,
		"https://[::1/x":                         true,
		"${URL}":                                 false,
		"https://host/hooks/${TOKEN}":            false,
		"https://host/abcd1234/${TOKEN}":         true,
		"https://host/${A}?token=abcd":           true,
		"https://joe:${PASSWORD}@host/":          false,
		"https://joe:abcd@host/${A}":             true,
		"https://${USER}:abcd@host/":             true,
		"https://ops.example.com/${A}#b":         false,
		"http://alertmanager:9093/api/v2/alerts": false,
		"https://hooks.slack.com/services/T0/B0/AbCdEf1234567890GhIjKlMn": true,
		"https://hooks.slack.com/services/${SLACK}":                       false,
	} {
		if got := catalog.SecretURL(raw); got != want {
			t.Errorf("%s: %v, not %v", raw, got, want)
		}
	}
}
