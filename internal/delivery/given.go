package delivery

import (
	"bytes"
	"crypto/x509"
	"errors"
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// Header parses a text as one header, even if it contains line breaks, which are
// rejected on sending. A blank text yields none.
func Header(text string) ([]webhook.Header, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	key, value, ok := strings.Cut(text, ":")
	if key = strings.TrimSpace(key); !ok || key == "" {
		return nil, errors.New("a header of --header has no key and value")
	}
	return []webhook.Header{{Key: key, Value: strings.TrimSpace(value)}}, nil
}

// Headers parses the headers in a file, one per line.
func Headers(text string) ([]webhook.Header, error) {
	var headers []webhook.Header
	for line := range strings.Lines(text) {
		header, err := Header(line)
		if err != nil {
			return nil, err
		}
		headers = append(headers, header...)
	}
	return headers, nil
}

// Trusting returns the system's certificates and those in a PEM text, which must
// contain at least one.
func Trusting(pem []byte) (*x509.CertPool, error) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !bytes.Contains(pem, []byte("-----BEGIN CERTIFICATE-----")) || !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("there is no certificate in this file")
	}
	return pool, nil
}
