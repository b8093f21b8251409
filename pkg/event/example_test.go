package event_test

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// A Decoder reads events one after another, however many there are.
func ExampleDecoder() {
	file := strings.NewReader(`
		{"status": "OK", "application": "a1:shop:Deployment:checkout", "reports": null, "url": "u"}
		{"status": "OK", "aplication": {}, "reports": null, "url": "u"}`)
	decoder := event.NewDecoder(file, "events.ndjson")
	for {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		ev, _, err := doc.Decode(event.KindIncident)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(ev.Status(), ev.Incident.Application.Name)
	}
	// Output:
	// OK checkout
	// events.ndjson:3:20: unknown key "aplication"
}

// The built-in events cover the states that Coroot can send.
func ExampleSamplesOf() {
	for _, sample := range event.SamplesOf(event.KindDeployment) {
		fmt.Println(sample.Name, sample.Event.Status())
	}
	// Output:
	// deployment-deployed Deployed
	// deployment-no-changes Deployed
	// deployment-no-summary Deployed
	// deployment-in-progress In-progress
	// deployment-stuck Stuck
	// deployment-cancelled Cancelled
	// deployment-coroot-test Deployed
}

// A field of an event can be changed by its path.
func ExampleEvent_Set() {
	sample, _ := event.SampleByName("alert-check")
	if err := sample.Event.Set("details[0].value", "changed"); err != nil {
		fmt.Println(err)
	}
	fmt.Println(sample.Event.Alert.Details[0].Value)
	fmt.Println(sample.Event.Set("detials", "x"))
	// Output:
	// changed
	// set detials: there is no field "detials"; did you mean "details"?
}
