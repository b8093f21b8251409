package event

func alertSamples() []Sample {
	sample := func(name, doc string, alert Alert) Sample {
		return Sample{Name: name, Kind: KindAlert, Doc: doc, Event: Event{Alert: &alert}}
	}
	return []Sample{
		sample("alert-check", "made by a check of an application", checkAlert()),
		sample("alert-log-pattern", "a new error in the logs, with the raw log message", logAlert()),
		sample("alert-kubernetes-events", "made from Kubernetes events: a raw message and a JSON query", kubernetesAlert()),
		sample("alert-promql", "made by a PromQL rule: labels in quotes, one per line", promQLAlert()),
		sample("alert-ai-analysis", "with an analysis by AI: Markdown of many lines", analysisAlert()),
		sample("alert-resolved", "resolved by itself, with duration; the details are kept", resolvedAlert("", "1h30m")),
		sample("alert-resolved-manually", "resolved by hand", resolvedAlert("admin", "5m30s")),
		sample("alert-no-application", "belongs to no application: of its parts only the cluster is set", bareAlert()),
		sample("alert-no-application-resolved", "belongs to no application, resolved; the details are kept", resolvedBareAlert()),
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
		URL: sampleBase + "/alerts?alert=k2v9xqm4t7hs",
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
		URL: sampleBase + "/alerts?alert=8rn3yb6wd0pc",
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
		URL: sampleBase + "/alerts?alert=zj5f1ga8u4le",
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
			{Name: "Labels", Value: "consumergroup=\"billing_worker\"\ncoroot_project_id=\"" + sampleCluster + "\"\npath=\"C:\\\\kafka\"\ntopic=\"orders.v2\"", Code: true},
		},
		URL: sampleBase + "/alerts?alert=m0h7os2ki9qx",
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
	alert.Status, alert.Duration, alert.ResolvedBy = "OK", duration, by
	return alert
}

// bareAlert comes from a PromQL rule whose series belong to no application.
func bareAlert() Alert {
	return Alert{
		Status: "CRITICAL", ProjectName: "production",
		Application: NewApplicationID(sampleCluster, "", "", ""),
		RuleName:    "Target is down", Severity: "critical",
		Summary: "10.0.0.12:9100 has not been scraped for 5 minutes",
		Details: []Detail{{
			Name: "Labels", Code: true,
			Value: "__name__=\"up\"\ncoroot_project_id=\"" + sampleCluster + "\"\ninstance=\"10.0.0.12:9100\"\njob=\"node\"",
		}},
		URL: sampleBase + "/alerts?alert=3m4veiqsbmyh",
	}
}

func resolvedBareAlert() Alert {
	alert := bareAlert()
	alert.Status, alert.Duration = "OK", "5m30s"
	return alert
}
