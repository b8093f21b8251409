package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// TestAlertmanager sends what hooktool init writes to a real Alertmanager and
// reads it back: by its API, and as the notifications that it sends.
func TestAlertmanager(t *testing.T) {
	t.Parallel()
	am := startAlertmanager(t)
	dir := t.TempDir()
	hooktool(t, "init", "alertmanager", "--dir", dir)

	t.Run("alert", func(t *testing.T) {
		am.send(t, filepath.Join(dir, "alert.tmpl"))
		alerts := am.alerts(t)
		if len(alerts) != 1 || alerts[0].Labels["alertname"] != "Low disk space" || alerts[0].Labels["severity"] != "warning" ||
			alerts[0].Annotations["summary"] != "Low disk space · orders_db" || alerts[0].Status.State == "" {
			t.Fatalf("Alertmanager has %+v", alerts)
		}
		am.wait(t, "firing Low disk space warning")
		am.send(t, filepath.Join(dir, "alert.tmpl"), "--set", "status=OK")
		if alerts := am.alerts(t); len(alerts) != 0 {
			t.Fatalf("Alertmanager still has %+v", alerts)
		}
		am.wait(t, "resolved Low disk space warning")
	})
	t.Run("incident", func(t *testing.T) {
		for _, step := range []struct{ status, active, notice string }{
			{"WARNING", "warning", "firing CorootIncident warning"},
			{"CRITICAL", "critical", "firing CorootIncident critical"},
			{"OK", "", "resolved CorootIncident critical"},
			{"CRITICAL", "critical", "firing CorootIncident critical"},
			{"OK", "", "resolved CorootIncident critical"},
		} {
			am.send(t, filepath.Join(dir, "incident.tmpl"), "--set", "status="+step.status)
			var active []string
			for _, alert := range am.alerts(t) {
				active = append(active, alert.Labels["severity"])
			}
			if strings.Join(active, " ") != step.active {
				t.Fatalf("in status %s the alerts %v are active", step.status, active)
			}
			am.wait(t, step.notice)
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

// hooktool runs a command line that must succeed. Every variable of the
// environment that is not a setting is set.
func hooktool(t *testing.T, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(args, streams{strings.NewReader(""), &out, &errOut}, func(name string) string {
		if strings.HasPrefix(name, "HOOKTOOL_") {
			return ""
		}
		return "a-key-for-tests"
	})
	if code != exitOK {
		t.Fatalf("hooktool %s: exit %d\n%s%s", strings.Join(args, " "), code, out.Bytes(), errOut.Bytes())
	}
}

// alertmanager is a running Alertmanager and what it notified of.
type alertmanager struct {
	url     string
	notices chan string
}

// requireReal is the variable that forbids to leave out tests with real
// receivers; .ci/run sets it.
const requireReal = "HOOKTOOL_TEST_REAL"

// startAlertmanager starts the Alertmanager that is installed here, on a free
// port, with a folder and a receiver of its own.
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
	address := freeAddress(t)
	am.url = "http://" + address
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, binary, "--config.file", config, "--storage.path", filepath.Join(dir, "data"),
		"--web.listen-address", address, "--cluster.listen-address", "")
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Logf("Alertmanager's log:\n%s", log.Bytes())
		}
	})
	am.waitUntilReady(t)
	return am
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// patience is how long something may take on a machine with much else to do.
const patience = 30 * time.Second

func (am *alertmanager) waitUntilReady(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		response, err := http.Get(am.url + "/-/ready")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("Alertmanager does not get ready")
}

// notify takes what Alertmanager notifies of.
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
		default: // nobody waits for it
		}
	}
}

// wait waits for a notification, whatever else comes before.
func (am *alertmanager) wait(t *testing.T, want string) {
	t.Helper()
	var got []string
	timeout := time.After(patience)
	for {
		select {
		case notice := <-am.notices:
			if got = append(got, notice); notice == want {
				return
			}
		case <-timeout:
			t.Fatalf("Alertmanager did not notify of %q, but of %q", want, slices.Compact(got))
		}
	}
}

// send sends with test-send, which must succeed.
func (am *alertmanager) send(t *testing.T, args ...string) {
	t.Helper()
	hooktool(t, append([]string{"test-send", "--url", am.url + "/api/v2/alerts"}, args...)...)
}

// alert is an alert as Alertmanager's API shows it.
type alert struct {
	Labels      map[string]string
	Annotations map[string]string
	Status      struct{ State string }
}

// alerts returns the alerts that are not over.
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
