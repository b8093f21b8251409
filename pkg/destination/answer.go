package destination

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Reading is what an answer says, as its destination words it.
type Reading struct {
	Outcome webhook.Outcome // empty: the status decides
	Reason  string          // in the destination's own words; for a doubt, what it is; may be empty
	Doubt   bool            // the destination never gives such an answer, although its status is a success
}

// Answer is the meaning of an answer, and what to do about it.
type Answer struct {
	Status  int    // the HTTP status; 0: any
	Says    string // part of the reason or the body, in any case; empty: anything
	Outcome webhook.Outcome
	Meaning string // for people
	Hint    string // what to do; may be empty
}

// Judge interprets an answer as the destination means it.
func (d *Destination) Judge(r webhook.Response) webhook.Verdict {
	verdict := webhook.JudgeStatus(r)
	if verdict.Outcome == webhook.Rejected && r.StatusCode < 400 || d.Read == nil && len(d.Answers) == 0 {
		return verdict // not a success, whatever it says
	}
	var reading Reading
	if d.Read != nil {
		reading = d.Read(r)
	}
	switch {
	case reading.Doubt && r.Cut: // the missing part may hold the failure
		return verdict
	case reading.Doubt:
		verdict.Reason, verdict.Hint = "the status is a success, but the answer is not one that "+d.Title+" gives", "is the URL right?"
		if reading.Reason != "" {
			verdict.Reason, verdict.Hint = shorten(reading.Reason), "did the message arrive? Coroot looks only at the status"
		}
		return verdict
	}
	if reading.Outcome != "" && reading.Outcome != verdict.Outcome {
		verdict = webhook.Verdict{Outcome: reading.Outcome}
	}
	if reading.Reason != "" {
		verdict.Reason = shorten(reading.Reason)
	}
	answer, ok := d.answer(r, reading, verdict.Outcome)
	if !ok {
		return verdict
	}
	if answer.Outcome != verdict.Outcome {
		verdict = webhook.Verdict{Outcome: answer.Outcome, Reason: shorten(reading.Reason)}
	}
	verdict.Hint = answer.Hint
	switch {
	case answer.Meaning == "":
	case reading.Reason == "":
		verdict.Reason = answer.Meaning
	default:
		verdict.Reason = shorten(reading.Reason) + ": " + answer.Meaning
	}
	return verdict
}

// JudgeFor returns a judge of the answer to one message. Some destinations report
// success for a message that they do not post, or alter; what Check finds in the body
// reveals that.
func (d *Destination) JudgeFor(body []byte) webhook.Judge {
	return func(r webhook.Response) webhook.Verdict {
		verdict := d.Judge(r)
		if !good(verdict.Outcome) {
			return verdict
		}
		for _, problem := range d.Check(body) {
			if problem.Severity != Error || problem.Path != "$" {
				continue
			}
			switch problem.Effect {
			case Ignored:
				return webhook.Verdict{Outcome: webhook.Rejected, Reason: problem.Message, Hint: problem.Hint}
			case Altered:
				verdict.Reason, verdict.Hint = problem.Message, problem.Hint
				return verdict
			}
		}
		return verdict
	}
}

// answer returns the first row of the table that matches an answer.
func (d *Destination) answer(r webhook.Response, reading Reading, outcome webhook.Outcome) (Answer, bool) {
	said := strings.ToLower(reading.Reason + "\n" + r.Body)
	for _, answer := range d.Answers {
		if answer.Status != 0 && answer.Status != r.StatusCode || !strings.Contains(said, strings.ToLower(answer.Says)) {
			continue
		}
		if good(answer.Outcome) && !good(outcome) || answer.Status == 0 && !good(answer.Outcome) && good(outcome) {
			continue // no words make a delivered message a failure, or a failed one delivered
		}
		return answer, true
	}
	return Answer{}, false
}

func good(outcome webhook.Outcome) bool {
	return outcome == webhook.Delivered || outcome == webhook.Accepted
}

// shorten cuts a reason to one line of reasonable length.
func shorten(reason string) string { return words.Line(reason, 300) }

// Reply is the body of an answer that is a JSON object.
type Reply map[string]any

// ReadReply reads the body of an answer. It is not ok if that is not a JSON object.
func ReadReply(r webhook.Response) (Reply, bool) {
	var reply Reply
	if err := json.Unmarshal([]byte(r.Body), &reply); err != nil || reply == nil {
		return nil, false
	}
	return reply, true
}

// CodeMember names the members of an answer with which a receiver reports success: a
// number, where 0 is success, and the reason in words.
type CodeMember struct{ Code, Message string }

// ReadCode reads the answer of a receiver that reports success by such a number,
// whatever the HTTP status is. The first member that is present wins; an answer below
// 300 without any is doubtful.
func ReadCode(r webhook.Response, members ...CodeMember) Reading {
	reply, _ := ReadReply(r)
	for _, member := range members {
		code, has := reply.Number(member.Code)
		switch {
		case !has:
		case code == 0:
			return Reading{}
		default:
			return Reading{Outcome: webhook.Rejected, Reason: fmt.Sprintf("%s (%.0f)", reply.Str(member.Message), code)}
		}
	}
	return Reading{Doubt: r.StatusCode < 300}
}

// Str returns the string at the end of a chain of member names, or "".
func (r Reply) Str(names ...string) string {
	text, _ := r.get(names...).(string)
	return text
}

// Number returns the number at the end of a chain of member names.
func (r Reply) Number(names ...string) (float64, bool) {
	n, ok := r.get(names...).(float64)
	return n, ok
}

// Bool returns the boolean at the end of a chain of member names.
func (r Reply) Bool(names ...string) (value, ok bool) {
	value, ok = r.get(names...).(bool)
	return value, ok
}

// Strings returns the strings in the array at the end of a chain of member
// names, joined to one text.
func (r Reply) Strings(names ...string) string {
	list, _ := r.get(names...).([]any)
	var words []string
	for _, element := range list {
		words = append(words, fmt.Sprint(element))
	}
	return strings.Join(words, "; ")
}

func (r Reply) get(names ...string) any {
	var at any = map[string]any(r)
	for _, name := range names {
		object, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = object[name]
	}
	return at
}
