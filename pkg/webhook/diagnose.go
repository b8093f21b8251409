//go:build !offline

package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hooktool/hooktool/pkg/source"
)

// phases follows a request from looking up its host to its answer.
type phases struct {
	now   atomic.Int32
	asked atomic.Bool // the server has asked for a certificate
}

const (
	phaseStart int32 = iota
	phaseDNS
	phaseConnect
	phaseTLS
	phaseSend
	phaseWait
	phaseRead
)

func (p *phases) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart:             func(httptrace.DNSStartInfo) { p.now.Store(phaseDNS) },
		ConnectStart:         func(string, string) { p.now.Store(phaseConnect) },
		TLSHandshakeStart:    func() { p.now.Store(phaseTLS) },
		GotConn:              func(httptrace.GotConnInfo) { p.now.Store(phaseSend) },
		GotFirstResponseByte: func() { p.now.Store(phaseRead) },
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil { // this is called when writing fails, too
				p.now.Store(phaseWait)
			}
		},
	}
}

// during says when something happened, according to the current phase.
func (p *phases) during() string {
	if p.now.Load() == phaseTLS {
		return "during the TLS handshake"
	}
	return "while " + p.doing()
}

// doing says what was being done in the current phase.
func (p *phases) doing() string {
	switch p.now.Load() {
	case phaseDNS:
		return "looking up the host"
	case phaseConnect:
		return "connecting"
	case phaseTLS:
		return "the TLS handshake"
	case phaseSend:
		return "sending the request"
	case phaseWait:
		return "waiting for the answer"
	case phaseRead:
		return "reading the answer"
	}
	return "starting"
}

// fault is a failure in plain words.
type fault struct {
	reason, hint string
	final        bool // trying again cannot help
}

// invalidRequest is the failure of a webhook for which no request can be made.
type invalidRequest struct{ err error }

func (e invalidRequest) Error() string { return e.err.Error() }
func (e invalidRequest) Unwrap() error { return e.err }

// diagnose explains an error of net/http in plain words. ctx is the caller's, without
// the timeout of the attempt.
func diagnose(ctx context.Context, err error, trace *phases, timeout time.Duration) fault {
	var invalid invalidRequest
	switch {
	case ctx.Err() != nil:
		return fault{reason: "interrupted while " + trace.doing(), final: true}
	case errors.As(err, &invalid):
		return fault{reason: invalid.Error(), hint: source.ProblemOf(invalid.err).Hint, final: true}
	case errors.Is(err, errRedirects):
		return fault{reason: "the receiver redirects in a loop", hint: "check the URL", final: true}
	}
	for _, explain := range []func(error, *phases) (fault, bool){explainProxy, explainTLS, explainName, explainConnection, explainAnswer} {
		if f, ok := explain(err, trace); ok {
			return f
		}
	}
	var netErr net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout() {
		return timeoutFault(trace, timeout)
	}
	return fault{reason: hideURL(err).Error()}
}

// explainProxy explains failures between here and the proxy that the environment sets:
// the receiver was not reached then.
func explainProxy(err error, _ *phases) (fault, bool) {
	const hint = "the request did not reach the receiver: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY here, and those of Coroot itself"
	var op *net.OpError
	for at := err; errors.As(at, &op); at = op.Err {
		if op.Op != "proxyconnect" {
			continue
		}
		f, _ := explainName(op.Err, nil)
		if f.reason == "" {
			f, _ = explainConnection(op.Err, &phases{})
		}
		if f.reason == "" {
			f.reason = innermost(op.Err)
		}
		return fault{reason: "the proxy cannot be reached: " + f.reason, hint: hint}, true
	}
	if refusal := (*proxyRefusal)(nil); errors.As(err, &refusal) {
		return fault{reason: "the proxy does not connect to the receiver: " + refusal.status, hint: hint}, true
	}
	return fault{}, false
}

// handshakeTime is how long Go's transport waits for the TLS handshake.
const handshakeTime = 10 * time.Second

func timeoutFault(trace *phases, timeout time.Duration) fault {
	if trace.now.Load() == phaseTLS && timeout > handshakeTime {
		timeout = handshakeTime
	}
	f := fault{reason: fmt.Sprintf("no result within %s: it timed out %s", timeout, trace.during())}
	switch trace.now.Load() {
	case phaseDNS:
		f.hint = "the name server does not answer"
	case phaseConnect:
		f.hint = "nothing answers at this address: check host, port, firewall and proxy"
	case phaseTLS:
		f.hint = "something listens but does not speak TLS: check the port, or write http:// if the receiver has no TLS"
	case phaseSend:
		f.hint = "the receiver does not read the request: it is overloaded, or the message is too large for it"
	case phaseWait, phaseRead:
		f.hint = "the receiver is slow, and the message may have arrived; Coroot waits 30s, and its UI's test 5s"
	}
	return f
}

func explainTLS(err error, trace *phases) (fault, bool) {
	var (
		unknown  x509.UnknownAuthorityError
		name     x509.HostnameError
		invalid  x509.CertificateInvalidError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		verified *tls.CertificateVerificationError
	)
	trust := "give its CA with --cacert; --insecure (tlsSkipVerify in Coroot) turns verification off"
	switch {
	case errors.As(err, &name):
		return fault{reason: "the server's certificate is for another name: " + name.Error(), hint: "check the host in the URL", final: true}, true
	case errors.As(err, &unknown):
		return fault{reason: "the server's certificate is signed by an unknown issuer", hint: trust, final: true}, true
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fault{reason: "the server's certificate has expired or is not yet valid: " + invalid.Detail, hint: "renew it, or check this machine's clock", final: true}, true
	case errors.As(err, &invalid), errors.As(err, &verified):
		return fault{reason: "the server's certificate is not valid: " + innermost(err), hint: trust, final: true}, true
	case demandsCertificate(err), trace.asked.Load() && strings.Contains(err.Error(), "remote error: tls:"):
		return fault{
			reason: "the receiver requires a client certificate: " + innermost(err),
			hint:   "give test-send one with --cert and --key; Coroot cannot send any, so the receiver, or a proxy in front of it, must accept requests without one", final: true,
		}, true
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return fault{reason: "the server does not speak TLS on this port", hint: "write the URL with http://, or use the port for TLS", final: true}, true
	case errors.As(err, &alert), trace.now.Load() == phaseTLS && !isTimeout(err):
		return fault{reason: "the TLS handshake failed: " + innermost(err), hint: "the server may want a newer or older version of TLS, or a client certificate"}, true
	}
	return fault{}, false
}

// demandsCertificate recognises the alerts with which a server says that it wants a
// certificate, or another one. crypto/tls exports no type for them.
func demandsCertificate(err error) bool {
	text := err.Error()
	return strings.Contains(text, "tls: certificate required") || strings.Contains(text, "remote error: tls: bad certificate") ||
		strings.Contains(text, "remote error: tls: unknown certificate")
}

func isTimeout(err error) bool {
	var netErr net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout()
}

func explainName(err error, _ *phases) (fault, bool) {
	var dns *net.DNSError
	if !errors.As(err, &dns) {
		return fault{}, false
	}
	switch {
	case dns.IsNotFound:
		return fault{reason: fmt.Sprintf("there is no host %q", dns.Name), hint: "check the spelling of the host, and whether this machine's name server knows it"}, true
	case dns.IsTimeout:
		return fault{reason: fmt.Sprintf("the name server did not answer for %q in time", dns.Name), hint: "check the network of this machine"}, true
	}
	return fault{reason: fmt.Sprintf("the host %q could not be looked up: %s", dns.Name, dns.Err), hint: "check the network of this machine"}, true
}

func explainConnection(err error, trace *phases) (fault, bool) {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fault{reason: "the connection was refused: nothing listens on this port", hint: "check the host and the port, and whether the receiver is running"}, true
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return fault{reason: "the connection was reset " + trace.during(), hint: "the receiver, or a proxy or firewall in front of it, closed it"}, true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return fault{reason: "there is no route to the host", hint: "check the network of this machine, VPN and firewall"}, true
	case trace.now.Load() == phaseRead && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return fault{reason: "the connection was closed before the headers of the answer were complete", hint: "the receiver, or a proxy in front of it, closed it; the message may have arrived"}, true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "server closed idle connection"): // net/http exports no error for it
		return fault{reason: "the connection was closed without an answer", hint: "the receiver may have crashed, or may expect TLS although the URL says http://"}, true
	}
	return fault{}, false
}

// explainAnswer recognises answers that are not HTTP. net/http has no type for them.
func explainAnswer(err error, _ *phases) (fault, bool) {
	text := err.Error()
	for _, sign := range []string{"malformed HTTP", "malformed MIME header", "invalid header field", "server response headers exceeded", "unexpected HTTP"} {
		if !strings.Contains(text, sign) {
			continue
		}
		if sign == "invalid header field" {
			return fault{reason: innermost(err), hint: "a header's name consists of letters, digits and -, and its value contains no line break; Coroot fails too", final: true}, true
		}
		if sign == "server response headers exceeded" {
			return fault{reason: "the headers of the answer are too large", final: true}, true
		}
		return fault{reason: "the answer is not HTTP", hint: "this port speaks another protocol, or TLS although the URL says http://", final: true}, true
	}
	return fault{}, false
}

// innermost returns the text of the innermost error, without the URL that net/http puts
// in front.
func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
