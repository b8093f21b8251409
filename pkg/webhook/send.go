//go:build !offline

package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"
)

// The time that Coroot allows one attempt: in production, and when its UI sends a test.
const (
	CorootTimeout     = 30 * time.Second
	CorootTestTimeout = 5 * time.Second
)

// DefaultMaxAnswer is how much of an answer is read, in bytes.
const DefaultMaxAnswer = 256 << 10

// Sender posts messages as Coroot's HTTP client does. The zero Sender is ready
// to use: one attempt, 30 seconds.
type Sender struct {
	Timeout    time.Duration  // of one attempt, answer included; zero: CorootTimeout
	Retries    int            // further attempts after the first one fails
	Patience   int            // further attempts after the receiver answers that there are too many messages, if more than Retries
	MaxAnswer  int64          // bytes of an answer that are read; zero: DefaultMaxAnswer
	RootCAs    *x509.CertPool // nil: those of the system
	Judge      Judge          // nil: JudgeStatus
	OnAttempt  func(Attempt)  // is called after each attempt that another follows
	ShowSecret bool           // leave secrets in the Delivery

	// Secrets finds what is secret in a webhook's URL; nil: everything after the host.
	Secrets func(url string) Secrets

	// Certificates are shown to receivers that demand a client certificate. Coroot has
	// none.
	Certificates []tls.Certificate

	sleep func(context.Context, time.Duration) error // for tests
}

// Send posts a message and reports what became of it. It never panics and never returns
// an error of its own: failures are in the Delivery.
func (s *Sender) Send(ctx context.Context, w Webhook, message Message) Delivery {
	var redact *Redactor
	if !s.ShowSecret {
		redact = NewRedactorKnowing(w, s.secrets(w.URL))
		redact.learnBody(message.Body)
	}
	d := Delivery{Kind: message.Kind, URL: redact.URL(w.URL), Request: s.describe(w, message.Body, redact)}
	start := time.Now()
	for number := 1; ; number++ {
		attempt := s.attempt(ctx, w, message.Body, redact)
		attempt.Number = number
		again := number <= s.retries(attempt) && !attempt.final && ctx.Err() == nil
		if again {
			attempt.Wait, again = retryWait(number, attempt.response)
		}
		d.Attempts = append(d.Attempts, attempt)
		if !again {
			break
		}
		if s.OnAttempt != nil {
			s.OnAttempt(attempt)
		}
		if s.pause(ctx, attempt.Wait) != nil {
			break
		}
	}
	last := d.Attempts[len(d.Attempts)-1]
	d.Outcome, d.Reason, d.Hint = last.Outcome, last.Reason, last.Hint
	d.Response, d.Err, d.Duration = last.response, last.err, time.Since(start)
	return d
}

// retries returns how many attempts may follow the first one.
func (s *Sender) retries(a Attempt) int {
	if a.response != nil && a.response.StatusCode == http.StatusTooManyRequests {
		return max(s.Retries, s.Patience)
	}
	return s.Retries
}

func (s *Sender) secrets(rawURL string) Secrets {
	if s.Secrets == nil {
		return Secrets{}
	}
	return s.Secrets(rawURL)
}

func (s *Sender) describe(w Webhook, body []byte, redact *Redactor) Request {
	r := Request{Method: http.MethodPost, Body: redact.Body(string(body))}
	if req, err := w.NewRequest(context.Background(), body); err == nil {
		r.Header = redact.Header(req.Header)
	}
	return r
}

// attempt sends once.
func (s *Sender) attempt(ctx context.Context, w Webhook, body []byte, redact *Redactor) Attempt {
	start := time.Now()
	timeout := s.Timeout
	if timeout <= 0 {
		timeout = CorootTimeout
	}
	trace := &phases{}
	limited, cancel := context.WithTimeout(httptrace.WithClientTrace(ctx, trace.hooks()), timeout)
	defer cancel()
	response, redirect, err := s.exchange(limited, w, body, trace)
	a := Attempt{Duration: time.Since(start), response: response}
	if err != nil {
		fault := diagnose(ctx, err, trace, timeout)
		a.Outcome, a.Reason, a.Hint, a.final = Failed, redact.Text(fault.reason), redact.Text(fault.hint), fault.final
		a.err = maskedError{redact.Text(hideURL(err).Error()), err}
		return a
	}
	verdict := s.judge(*response, redirect, redact)
	a.Outcome, a.Reason, a.Hint = verdict.Outcome, redact.Text(verdict.Reason), redact.Text(verdict.Hint)
	a.final = !retryable(response.StatusCode)
	if asked, ok := retryAfter(response.Header); ok && asked > maxRetryAfter && a.Outcome == Rejected && !a.final {
		a.Hint = fmt.Sprintf("the receiver asks to wait %s, longer than --retries waits; Coroot tries every minute for an hour, then gives up", waitWords(asked))
	}
	response.Body = redact.Answer(response.Body)
	response.Header = redact.Header(response.Header)
	for _, values := range response.Header {
		for i, value := range values {
			values[i] = redact.Answer(value)
		}
	}
	return a
}

// maskedError is an error whose text was masked.
type maskedError struct {
	text string
	err  error
}

func (e maskedError) Error() string { return e.text }
func (e maskedError) Unwrap() error { return e.err }

func (s *Sender) judge(response Response, redirect *redirection, redact *Redactor) Verdict {
	if redirect.lost() {
		return redirect.verdict(redact)
	}
	judge := s.Judge
	if judge == nil {
		judge = JudgeStatus
	}
	verdict := judge(response)
	verdict.Reason = redact.Answer(verdict.Reason) // it may quote the answer
	if verdict.Hint == "" {
		verdict.Hint = response.cutReason
	}
	if redirect.crossed() && verdict.Hint == "" {
		verdict.Hint = "the request was passed on to another host, without its credentials; Coroot would take its custom headers along"
	}
	return verdict
}

// exchange makes one request and reads the answer.
func (s *Sender) exchange(ctx context.Context, w Webhook, body []byte, trace *phases) (*Response, *redirection, error) {
	if err := w.Check(); err != nil {
		return nil, nil, invalidRequest{err}
	}
	req, err := w.NewRequest(ctx, body)
	if err != nil {
		return nil, nil, invalidRequest{err}
	}
	transport := s.transport(w, trace)
	defer transport.CloseIdleConnections()
	redirect := &redirection{}
	client := &http.Client{Transport: transport, CheckRedirect: redirect.check}
	resp, err := client.Do(req)
	if err != nil {
		return nil, redirect, err
	}
	defer resp.Body.Close()
	limit := s.MaxAnswer
	if limit <= 0 {
		limit = DefaultMaxAnswer
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	// The status decides what became of the message, even when the answer does not end:
	// Coroot does not wait for the rest.
	r := &Response{StatusCode: resp.StatusCode, Status: resp.Status, Header: resp.Header, Body: string(answer[:min(int64(len(answer)), limit)])}
	switch {
	case int64(len(answer)) > limit:
		r.Cut, r.cutReason = true, fmt.Sprintf("the answer is longer than %d bytes; the rest was not read", limit)
	case err != nil && isTimeout(err):
		r.Cut, r.cutReason = true, "the answer did not end in time; the status says what happened to the message"
	case err != nil:
		r.Cut, r.cutReason = true, "the connection was closed in the middle of the answer; the status says what happened to the message"
	}
	return r, redirect, nil
}

// transport is Coroot's: Go's default one, but for a webhook whose certificate is not
// verified one of its own, which uses no proxy and speaks HTTP/1.1 only.
func (s *Sender) transport(w Webhook, trace *phases) *http.Transport {
	config := &tls.Config{RootCAs: s.RootCAs, Certificates: s.Certificates}
	if len(s.Certificates) == 0 {
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			trace.asked.Store(true)
			return &tls.Certificate{}, nil // none
		}
	}
	if w.TLSSkipVerify {
		config.InsecureSkipVerify = true // the user's own choice, as in Coroot
		return &http.Transport{TLSClientConfig: config}
	}
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		transport = &http.Transport{Proxy: http.ProxyFromEnvironment}
	}
	transport = transport.Clone()
	transport.TLSClientConfig = config
	transport.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode != http.StatusOK { // net/http gives up, too
			return &proxyRefusal{answer.Status}
		}
		return nil
	}
	return transport
}

// proxyRefusal is a proxy's answer that it will not connect to the receiver.
type proxyRefusal struct{ status string }

func (e *proxyRefusal) Error() string { return e.status }

// PassesProxy reports whether the environment sets a proxy that Coroot and Send bypass
// because the webhook's certificate is not verified.
func PassesProxy(w Webhook) bool {
	if !w.TLSSkipVerify {
		return false
	}
	req, err := w.NewRequest(context.Background(), nil)
	if err != nil {
		return false
	}
	proxy, err := http.ProxyFromEnvironment(req)
	return proxy != nil || err != nil
}

func (s *Sender) pause(ctx context.Context, wait time.Duration) error {
	if s.sleep != nil {
		return s.sleep(ctx, wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
