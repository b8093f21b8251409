package event

func incidentSamples() []Sample {
	sample := func(name, doc string, incident Incident) Sample {
		return Sample{Name: name, Kind: KindIncident, Doc: doc, Event: Event{Incident: &incident}}
	}
	return []Sample{
		sample("incident-critical", "an application does not meet its SLOs, with what else is wrong", criticalIncident()),
		sample("incident-critical-no-reports", "nothing but the SLO is violated: reports is null, as often since Coroot 1.12.5", bareIncident()),
		sample("incident-resolved", "the application meets its SLOs again; reports is null", resolvedIncident()),
		sample("incident-rca", "with root cause and remediation found by AI: Markdown of many lines", rcaIncident()),
		sample("incident-resolved-rca", "resolved, with root cause found by AI", resolvedRCAIncident()),
		sample("incident-no-namespace", "a database outside Kubernetes: the namespace is _", noNamespaceIncident()),
		sample("incident-external", "an external service, whose name contains a colon", externalIncident()),
		sample("incident-coroot-test", `what Coroot's "Send test alert" sends`, testIncident()),
		until(until1125, sample("incident-warning", "the error budget burns slowly, with reports of the SLO: sent before Coroot 1.12.5", warningIncident())),
	}
}

func criticalIncident() Incident {
	return Incident{
		Status:      "CRITICAL",
		Application: sampleApplication("shop", "Deployment", "checkout"),
		Reports: []Report{
			{"Instances", "Instance availability", "2/3 instances are currently unavailable (checkout-7d9f8b6c5d-4xk2p; checkout-7d9f8b6c5d-zz81q)"},
			{"Memory", "Out of Memory", "app containers have been restarted 11 times by the OOM killer"},
			{"Net", "TCP connections", "high number of failed TCP connections to 1 upstream service (shop:StatefulSet:orders_db)"},
			{"Logs", "Errors", "1206 errors occurred"},
		},
		URL: sampleBase + "/incidents?incident=k3y7f9c1",
	}
}

func bareIncident() Incident {
	return Incident{
		Status:      "CRITICAL",
		Application: sampleApplication("shop", "Deployment", "checkout"),
		URL:         sampleBase + "/incidents?incident=x2qd84rn",
	}
}

// warningIncident comes from Coroot before 1.12.5, when the ids of applications had no
// cluster.
func warningIncident() Incident {
	return Incident{
		Status:      "WARNING",
		Application: ApplicationID{Namespace: "shop", Kind: "StatefulSet", Name: "orders_db", threeParts: true},
		Reports: []Report{
			{"SLO", "Latency", "error budget burn rate is 7x within 6 hours"},
			{"Storage", "Disk space", "disk space on 1 volume will be exhausted soon (orders_db-0:/var/lib/postgresql/data)"},
			{"Postgres", "Replication lag", "high replication lag on 1 instance (orders_db-1)"},
		},
		URL: sampleBase + "/incidents?incident=9b0d44ae",
	}
}

func resolvedIncident() Incident {
	return Incident{
		Status:      "OK",
		Application: sampleApplication("shop", "Deployment", "checkout"),
		URL:         sampleBase + "/incidents?incident=k3y7f9c1",
	}
}

func rcaIncident() Incident {
	incident := criticalIncident()
	incident.RCASummary = "The **checkout** service runs out of memory since deployment `7d9f8b6c5d`.\n\n" +
		"The log says `Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space`: the new *\"recommendations\"* cache has no limit. " +
		"Requests to [orders_db](" + sampleBase + "/app/orders_db) fail while the containers restart."
	incident.RCARemediations = "1. Roll back:\n   ```bash\n   kubectl -n shop rollout undo deployment/checkout\n   ```\n" +
		"2. Or limit the cache and raise the limit:\n   ```yaml\n   resources:\n     limits: {memory: \"2Gi\"}\n   ```\n"
	return incident
}

func resolvedRCAIncident() Incident {
	incident := resolvedIncident()
	incident.RCASummary = rcaIncident().RCASummary
	return incident
}

func noNamespaceIncident() Incident {
	return Incident{
		Status:      "CRITICAL",
		Application: sampleApplication("_", "Unknown", "postgres@db-1.internal"),
		Reports: []Report{
			{"Postgres", "Postgres availability", "1/1 instances are unavailable (postgres@db-1.internal)"},
			{"CPU", "Node CPU utilization", "high CPU utilization of 1 node (db-1)"},
		},
		URL: sampleBase + "/incidents?incident=w7n3k0pt",
	}
}

func externalIncident() Incident {
	return Incident{
		Status:      "CRITICAL",
		Application: NewApplicationID("external", "external", "ExternalService", "api.payments.example:443"),
		Reports: []Report{
			{"Net", "Network RTT", "high network latency to 2 upstream services"},
			{"DNS", "DNS latency", "DNS requests are slow: 75th percentile is 312 ms"},
		},
		URL: sampleBase + "/incidents?incident=h5m1t9vz",
	}
}

// testIncident is the incident of Coroot's own "Send test alert" (api/integrations.go
// and notifications, Coroot 1.24.5).
func testIncident() Incident {
	return Incident{
		Status:      "CRITICAL",
		Application: testApplication(),
		Reports: []Report{
			{"Net", "Network RTT within the cluster", "high network latency to 2 upstream services"},
			{"Logs", "Errors", "1206 errors occurred"},
		},
		URL: sampleBase + "/incidents?incident=123ab456",
	}
}
