package webhook

import (
	"fmt"
	"net/http"
	"strings"
)

// JudgeStatus judges an answer by its status alone, as Coroot does. Coroot takes
// everything below 400 for a success; here only 2xx is one.
func JudgeStatus(r Response) Verdict {
	switch {
	case r.StatusCode == http.StatusAccepted:
		return Verdict{Outcome: Accepted, Reason: "the receiver queued the message; the outcome is not known yet"}
	case r.StatusCode >= 200 && r.StatusCode < 300:
		return Verdict{Outcome: Delivered}
	case r.StatusCode < 400:
		return Verdict{
			Outcome: Rejected,
			Reason:  fmt.Sprintf("%s is not a success, although Coroot counts it as one", r.Status),
		}
	}
	return Verdict{Outcome: Rejected, Reason: statusReason(r), Hint: statusHint(r)}
}

// statusReason says what a failing status means for a webhook.
func statusReason(r Response) string {
	switch r.StatusCode {
	case http.StatusBadRequest:
		return "the receiver did not understand the request"
	case http.StatusUnauthorized:
		return "the receiver does not know the sender"
	case http.StatusForbidden:
		return "the receiver does not allow it"
	case http.StatusProxyAuthRequired:
		return "a proxy requires credentials, so the request did not reach the receiver"
	case http.StatusNotFound:
		return "there is nothing at this URL"
	case http.StatusMethodNotAllowed:
		return "this URL does not accept POST requests"
	case http.StatusGone:
		return "what was at this URL is permanently gone"
	case http.StatusRequestEntityTooLarge:
		return "the message is too large for the receiver"
	case http.StatusUnsupportedMediaType:
		return "the receiver does not accept the content type"
	case http.StatusTooManyRequests:
		if wait, ok := retryAfter(r.Header); ok {
			return fmt.Sprintf("the receiver is getting too many requests; it accepts more in %s", waitWords(wait))
		}
		return "the receiver is getting too many requests"
	}
	if r.StatusCode >= 500 {
		return "the receiver, or a proxy in front of it, has an internal error"
	}
	return "the receiver refused the message"
}

func statusHint(r Response) string {
	switch r.StatusCode {
	case http.StatusBadRequest:
		if strings.Contains(r.Body, "HTTP request to an HTTPS server") || strings.Contains(r.Body, "HTTP request was sent to HTTPS port") {
			return "this port speaks TLS: write the URL with https://"
		}
		return "see the answer; is the body valid JSON, and of the shape that the receiver takes?"
	case http.StatusUnauthorized, http.StatusForbidden:
		return "check user and password, the token in the URL or header, and whether it was revoked"
	case http.StatusProxyAuthRequired:
		return "check HTTPS_PROXY and HTTP_PROXY here, and those of Coroot itself: a user and password go before the host"
	case http.StatusNotFound, http.StatusGone:
		return "check the URL: the webhook may have been removed, or a part of the URL is missing"
	case http.StatusMethodNotAllowed:
		return "check the URL: it may be a page for people, not the webhook"
	case http.StatusRequestEntityTooLarge:
		return "shorten long fields with printf \"%.300s\""
	case http.StatusUnsupportedMediaType:
		return "Coroot always sends Content-Type: application/json, and a custom one only in addition"
	case http.StatusTooManyRequests:
		return "Coroot tries again every minute for an hour; --retries waits as long as the receiver asks"
	}
	if r.StatusCode >= 500 {
		return "try again later; Coroot tries every minute for an hour"
	}
	return ""
}
