package config

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// foreignVariables are variables with the credentials of other programs. A name that
// ends in _ is a prefix, of which only the names of secrets count. No webhook needs
// them, but a template in someone else's repository could print them.
var foreignVariables = []string{
	"ACTIONS_", "AWS_", "GITHUB_", "GH_", "RUNNER_", "GITLAB_", "CI_JOB_", "CI_REGISTRY_", "CI_DEPLOY_", "CI_REPOSITORY_", "SYSTEM_ACCESSTOKEN",
	"BITBUCKET_", "CIRCLE_", "JENKINS_", "TRAVIS_", "DRONE_", "BUILDKITE_",
	"ARM_", "AZURE_CLIENT_", "AZURE_DEVOPS_", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS", "GCP_", "CLOUDSDK_", "DIGITALOCEAN_", "HCLOUD_", "TF_",
	"VAULT_", "KUBECONFIG", "KUBE_", "SSH_", "GPG_", "GIT_", "DOCKER_", "REGISTRY_", "NPM_", "NODE_AUTH_", "PYPI_", "TWINE_", "CARGO_", "GEM_", "HOMEBREW_",
	"PGPASSWORD", "POSTGRES_", "MYSQL_", "REDIS_", "DATABASE_URL", "MONGO_", "SNYK_", "SONAR_", "CODECOV_", "SENTRY_AUTH_", "ANTHROPIC_", "OPENAI_",
	"COROOT_PASSWORD", "COROOT_SESSION_COOKIE", "HOOKTOOL_",
}

// Foreign reports whether an environment variable belongs to another program, or to
// hooktool itself, so that no file may put its value into a message.
func Foreign(name string) bool {
	upper := strings.ToUpper(name)
	for _, foreign := range foreignVariables {
		if upper == foreign || strings.HasSuffix(foreign, "_") && strings.HasPrefix(upper, foreign) && namesSecret(upper) {
			return true
		}
	}
	return false
}

func namesSecret(name string) bool {
	const random = "q7x9d21e8b04a6f9d2c7"
	return webhook.SecretSetting(name, random)
}
