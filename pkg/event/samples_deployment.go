package event

func deploymentSamples() []Sample {
	sample := func(name, doc string, deployment Deployment) Sample {
		return Sample{Name: name, Kind: KindDeployment, Doc: doc, Event: Event{Deployment: &deployment}}
	}
	return []Sample{
		sample("deployment-deployed", "deployed and compared with the version before", deployed([]string{
			"💔 Availability: 87% (objective: 99%)",
			"💔 CPU usage: +21% (+$37/mo) compared to the previous deployment",
			"🎉 Memory: looks like the memory leak has been fixed",
		})),
		sample("deployment-no-changes", "deployed, with nothing to report", deployed([]string{noChanges})),
		sample("deployment-no-summary", "just deployed: summary is null", deployed(nil)),
		since(since118, sample("deployment-in-progress", "being rolled out, sent since Coroot 1.18.0; summary is null", rollout("In-progress"))),
		sample("deployment-stuck", "does not become ready; summary is null", rollout("Stuck")),
		sample("deployment-cancelled", "replaced before it was ready; summary is null", rollout("Cancelled")),
		sample("deployment-coroot-test", `what Coroot's "Send test alert" sends`, testDeployment()),
	}
}

// noChanges is the summary of a deployment that changed nothing.
const noChanges = "No notable changes"

func deployed(summary []string) Deployment {
	deployment := rollout("Deployed")
	deployment.Summary = summary
	return deployment
}

func rollout(status string) Deployment {
	return Deployment{
		Status:      status,
		Application: sampleApplication("shop", "Deployment", "checkout"),
		Version:     "7d9f8b6c5d: registry.example.com/shop/checkout:v1.8.2, envoyproxy/envoy:v1.31",
		URL:         sampleBase + "/app/" + sampleCluster + ":shop:Deployment:checkout/Deployments#7d9f8b6c5d:1764000000",
	}
}

// testDeployment is the deployment of Coroot's own "Send test alert".
func testDeployment() Deployment {
	return Deployment{
		Status:      "Deployed",
		Application: testApplication(),
		Version:     "123ab456: app:v1.8.2",
		Summary: []string{
			"💔 Availability: 87% (objective: 99%)",
			"💔 CPU usage: +21% (+$37/mo) compared to the previous deployment",
			"🎉 Memory: looks like the memory leak has been fixed",
		},
		URL: sampleBase + "/app/" + sampleCluster + ":default:Deployment:fake-app/Deployments#123ab456:1764000000",
	}
}
