package config_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
)

// TestForeign distinguishes variables with the credentials of other programs from those
// that a webhook may reasonably name.
func TestForeign(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"AWS_SECRET_ACCESS_KEY": true, "AWS_SESSION_TOKEN": true, "aws_secret_access_key": true, "GITHUB_TOKEN": true, "GH_TOKEN": true,
		"ACTIONS_ID_TOKEN_REQUEST_TOKEN": true, "ACTIONS_RUNTIME_TOKEN": true, "CI_JOB_TOKEN": true, "CI_REGISTRY_PASSWORD": true,
		"HOOKTOOL_PASSWORD": true, "HOOKTOOL_TELEGRAM_TOKEN": true, "COROOT_PASSWORD": true, "NPM_TOKEN": true, "KUBECONFIG": true,
		"VAULT_TOKEN": true, "AZURE_CLIENT_SECRET": true, "ARM_CLIENT_SECRET": true, "DOCKER_PASSWORD": true, "PGPASSWORD": true,
		"TELEGRAM_TOKEN": false, "SLACK_WEBHOOK_URL": false, "PAGERDUTY_ROUTING_KEY": false, "DISCORD_TOKEN": false, "TOKEN": false,
		"AWS_REGION": false, "GITHUB_REPOSITORY": false, "CI_JOB_URL": false, "KUBE_CLUSTER": false, "TEAM": false, "": false,
	} {
		if got := config.Foreign(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
