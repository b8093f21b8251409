package event

func alertSamples() []Sample {
	sample := func(name, doc string, alert Alert) Sample {
		return Sample{Name: name, Kind: KindAlert, Doc: doc, Event: Event{Alert: &alert}}
	}
	return []Sample{
		sample("alert-check", "made by a check of an application", checkAlert()),
		sample("alert-log-pattern", "a new error in the logs, with the raw log message", logAlert()),
		sample("alert-kubernetes-events", "made from Kubernetes events: a raw message and a JSON query", kubernetesAlert()),
		sample("alert-promql", "made by a PromQL rule: labels in quotes, one a line", promQLAlert()),
		sample("alert-ai-analysis", "with an analysis by AI: Markdown of many lines", analysisAlert()),
		sample("alert-resolved", "resolved by itself, with duration; without details", resolvedAlert("", "1h30m")),
		sample("alert-resolved-manually", "resolved by hand", resolvedAlert("admin", "5m30s")),
		sample("alert-no-application", "belongs to no application: all parts are empty", bareAlert()),
	}
}

func checkAlert() Alert {
	return Alert{
		Status: "WARNING", ProjectName: "production",
		Application: sampleApplication("shop", "StatefulSet", "orders_db"),
		RuleName:    "Low disk space", Severity: "warning",
		Summary: "disk space on 2 volumes will be exhausted soon",
		Details: []Detail{
			{Name: "Description", Value: "The disk of an instance is more than 80% full."},
			{Name: "Findings", Value: "orders_db-0:/var/lib/postgresql/data\norders_db-1:/var/lib/postgresql/data"},
		},
		URL: sampleBase + "/alerts?alert=0c7f5b1e-8d3a-4a57-9f6e-2b1d0c9e8a77",
	}
}

func logAlert() Alert {
	return Alert{
		Status: "CRITICAL", ProjectName: "production",
		Application: sampleApplication("shop", "Deployment", "checkout"),
		RuleName:    "New log errors", Severity: "critical",
		Summary: "new error in the logs (40 messages in the last 1h0m0s)",
		Details: []Detail{{
			Name: "Sample", Code: true,
			Value: "ERROR [checkout] failed to parse \"C:\\temp\\order.json\": unexpected token '<'\n" +
				"\tat com.example.shop.Parser.parse(Parser.java:42)\n\tat com.example.shop.Main.main(Main.java:7)",
		}},
		URL: sampleBase + "/alerts?alert=7f9c2d10-55aa-4e0b-b6a1-90e3cf0d1f3b",
	}
}

func kubernetesAlert() Alert {
	return Alert{
		Status: "WARNING", ProjectName: "production",
		Application: sampleApplication("shop", "Deployment", "checkout"),
		RuleName:    "Kubernetes events", Severity: "warning",
		Summary: "BackOff (12 events in the last 5m0s)",
		Details: []Detail{
			{Name: "Event message", Value: `Back-off restarting failed container "app" in pod checkout-7d9f8b6c5d-4xk2p_shop(0f2e)`, Code: true},
			{Name: "Labels", Value: "kind=\"Pod\"\nname=\"checkout-7d9f8b6c5d-4xk2p\"\nreason=\"BackOff\"", Code: true},
			{Name: "KubernetesEventsQuery", Value: `[{"name":"reason","op":"=","value":"BackOff"},{"name":"kind","op":"=","value":"Pod"}]`},
		},
		URL: sampleBase + "/alerts?alert=3d2c1b0a-1f2e-4d3c-8b9a-7c6d5e4f3a2b",
	}
}

func promQLAlert() Alert {
	return Alert{
		Status: "CRITICAL", ProjectName: "production",
		Application: sampleApplication("_", "CustomApplication", "kafka"),
		RuleName:    `Consumer lag > 10k for "orders"`, Severity: "critical",
		Summary: "consumer group lag is 15,302",
		Details: []Detail{
			{Name: "Description", Value: "The consumers of the topic fall behind.\nSee https://wiki.example.com/kafka_lag?x=1&y=2"},
			{Name: "Labels", Value: "consumergroup=\"billing_worker\"\ntopic=\"orders.v2\"\npath=\"C:\\\\kafka\"", Code: true},
		},
		URL: sampleBase + "/alerts?alert=e5d4c3b2-a190-4f8e-9d7c-6b5a49382716",
	}
}

func analysisAlert() Alert {
	alert := logAlert()
	alert.Details = append(alert.Details, Detail{
		Name:  "AI analysis",
		Value: "**Likely cause**: the upstream answers with an HTML error page (`<html>…`).\n\n- check *payments*\n- retry with `curl -H \"Accept: application/json\"`",
	})
	return alert
}

func resolvedAlert(by, duration string) Alert {
	alert := checkAlert()
	alert.Status, alert.Details, alert.Duration, alert.ResolvedBy = "OK", nil, duration, by
	return alert
}

func bareAlert() Alert {
	return Alert{
		Status: "CRITICAL", ProjectName: "production",
		RuleName: "Watchdog", Severity: "critical",
		Summary: "no metrics were received in the last 10m0s",
		Details: []Detail{{Name: "Labels", Value: `severity="page"`, Code: true}},
		URL:     sampleBase + "/alerts?alert=11111111-2222-4333-8444-555555555555",
	}
}
