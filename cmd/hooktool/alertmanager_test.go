package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// TestAlertmanager sends what hooktool init writes to a real Alertmanager and reads it
// back, both from its API and from the notifications it sends.
func TestAlertmanager(t *testing.T) {
	t.Parallel()
	am := startAlertmanager(t)
	dir := t.TempDir()
	hooktool(t, "init", "alertmanager", "--dir", dir)

	t.Run("alert", func(t *testing.T) {
		firing := []string{filepath.Join(dir, "alert.tmpl")}
		am.send(t, firing...)
		alerts := am.alerts(t)
		if len(alerts) != 1 || alerts[0].Labels["alertname"] != "Low disk space" || alerts[0].Labels["severity"] != "warning" ||
			alerts[0].Annotations["summary"] != "Low disk space · orders_db" || alerts[0].Status.State == "" {
			t.Fatalf("Alertmanager has %+v", alerts)
		}
		am.wait(t, "firing Low disk space warning", firing)
		resolved := append(firing, "--set", "status=OK")
		am.send(t, resolved...)
		if alerts := am.alerts(t); len(alerts) != 0 {
			t.Fatalf("Alertmanager still has %+v", alerts)
		}
		am.wait(t, "resolved Low disk space warning", resolved)
	})
	t.Run("incident", func(t *testing.T) {
		for _, step := range []struct{ status, active, notice string }{
			{"WARNING", "warning", "firing CorootIncident warning"},
			{"CRITICAL", "critical", "firing CorootIncident critical"},
			{"OK", "", "resolved CorootIncident critical"},
			{"CRITICAL", "critical", "firing CorootIncident critical"},
			{"OK", "", "resolved CorootIncident critical"},
		} {
			args := []string{filepath.Join(dir, "incident.tmpl"), "--set", "status=" + step.status}
			am.send(t, args...)
			var active []string
			for _, alert := range am.alerts(t) {
				active = append(active, alert.Labels["severity"])
			}
			if strings.Join(active, " ") != step.active {
				t.Fatalf("in status %s the alerts %v are active", step.status, active)
			}
			am.wait(t, step.notice, args)
		}
	})
	t.Run("states", func(t *testing.T) {
		for _, kind := range event.Kinds() {
			am.send(t, filepath.Join(dir, kind.String()+".tmpl"), "--states", "all")
		}
	})
	t.Run("generated", func(t *testing.T) {
		for _, kind := range event.Kinds() {
			am.send(t, filepath.Join(dir, kind.String()+".tmpl"), generatedEvents(t, kind, 60))
		}
	})
}

// generatedEvents writes generated events to a file.
func generatedEvents(t *testing.T, kind event.Kind, n int) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	for i := range n {
		style := generate.Hostile
		if i%10 == 0 {
			style = generate.Styles()[i/10%len(generate.Styles())]
		}
		text, err := event.Marshal(generate.Event(kind, style, rng))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), kind.String()+"s.ndjson")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hooktool runs a command line that must succeed. Every environment variable has a
// value, except for settings.
func hooktool(t *testing.T, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(args, streams{strings.NewReader(""), &out, &errOut}, func(name string) string {
		if strings.HasPrefix(name, "HOOKTOOL_") {
			return ""
		}
		return "a-key-for-tests"
	})
	if code != exit.OK {
		t.Fatalf("hooktool %s: exit %d\n%s%s", strings.Join(args, " "), code, out.Bytes(), errOut.Bytes())
	}
}

// alertmanager is a running Alertmanager and its notifications.
type alertmanager struct {
	url     string
	notices chan string
}

// requireReal is the variable that forbids skipping tests with real receivers; .ci/run
// sets it.
const requireReal = "HOOKTOOL_TEST_REAL"

// startAlertmanager starts the installed Alertmanager on a free port, with its own
// folder and receiver.
func startAlertmanager(t *testing.T) *alertmanager {
	t.Helper()
	binary, err := exec.LookPath("prometheus-alertmanager") // Debian's name
	if err != nil {
		binary, err = exec.LookPath("alertmanager")
	}
	if err != nil {
		if os.Getenv(requireReal) != "" {
			t.Fatal("no Alertmanager is installed: apt-get install prometheus-alertmanager")
		}
		t.Skip("not run: no Alertmanager is installed (apt-get install prometheus-alertmanager)")
	}
	am := &alertmanager{notices: make(chan string, 1000)}
	receiver := httptest.NewServer(http.HandlerFunc(am.notify))
	t.Cleanup(receiver.Close)
	dir := t.TempDir()
	config := filepath.Join(dir, "alertmanager.yml")
	text := fmt.Sprintf(`
route: {receiver: test, group_by: ['...'], group_wait: 1ms, group_interval: 50ms}
receivers:
  - name: test
    webhook_configs: [{url: %q, send_resolved: true}]
`, receiver.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, binary, "--config.file", config, "--storage.path", filepath.Join(dir, "data"),
		"--web.listen-address", "127.0.0.1:0", "--cluster.listen-address", "")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	log := &alertmanagerLog{address: make(chan string, 1), ended: make(chan struct{})}
	go log.read(stderr)
	t.Cleanup(func() {
		stop()
		<-log.ended
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Logf("Alertmanager's log:\n%s", log.text.Bytes())
		}
	})
	select {
	case address := <-log.address:
		am.url = "http://" + address
	case <-log.ended:
		t.Fatal("Alertmanager has ended")
	}
	am.waitUntilReady(t)
	return am
}

// alertmanagerLog is the log of an Alertmanager, which names the port it listens on.
type alertmanagerLog struct {
	text    bytes.Buffer // complete once it has ended
	address chan string
	ended   chan struct{}
}

func (l *alertmanagerLog) read(r io.Reader) {
	defer close(l.ended)
	listening := regexp.MustCompile(`"Listening on" .*?address=(\S+)`)
	for lines := bufio.NewScanner(r); lines.Scan(); {
		fmt.Fprintln(&l.text, lines.Text())
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			l.address <- m[1]
		}
	}
}

// waitUntilReady waits until Alertmanager is ready. Only go test's timeout limits it,
// because the time to start depends on the machine.
func (am *alertmanager) waitUntilReady(t *testing.T) {
	t.Helper()
	for t.Context().Err() == nil {
		response, err := http.Get(am.url + "/-/ready")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// notify receives Alertmanager's notifications.
func (am *alertmanager) notify(_ http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var message struct {
		Alerts []struct {
			Status string
			Labels map[string]string
		}
	}
	if err := json.Unmarshal(body, &message); err != nil {
		am.notices <- err.Error()
		return
	}
	for _, alert := range message.Alerts {
		select {
		case am.notices <- alert.Status + " " + alert.Labels["alertname"] + " " + alert.Labels["severity"]:
		default: // nobody is waiting for it
		}
	}
}

// resendTime is how long to wait for a notification before sending its cause again:
// Alertmanager can lose an alert that arrives while it forgets the previous one (fixed
// after 0.25). It notifies only once of the same alert.
const resendTime = 3 * time.Second

// wait waits for the notification caused by sending with these arguments, and ignores
// others before it.
func (am *alertmanager) wait(t *testing.T, want string, sent []string) {
	t.Helper()
	for {
		select {
		case notice := <-am.notices:
			t.Logf("Alertmanager notifies of %q", notice)
			if notice == want {
				return
			}
		case <-time.After(resendTime):
			am.send(t, sent...)
		}
	}
}

// send runs test-send, which must succeed.
func (am *alertmanager) send(t *testing.T, args ...string) {
	t.Helper()
	hooktool(t, append([]string{"test-send", "--url", am.url + "/api/v2/alerts"}, args...)...)
}

// alert is an alert as Alertmanager's API returns it.
type alert struct {
	Labels      map[string]string
	Annotations map[string]string
	Status      struct{ State string }
}

// alerts returns the alerts that have not ended.
func (am *alertmanager) alerts(t *testing.T) []alert {
	t.Helper()
	response, err := http.Get(am.url + "/api/v2/alerts")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var alerts []alert
	if err := json.NewDecoder(response.Body).Decode(&alerts); err != nil {
		t.Fatal(err)
	}
	return alerts
}
