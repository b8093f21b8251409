package event

// Sample is a built-in event: one state that Coroot can send, with texts as its own
// checks write them.
type Sample struct {
	Name  string // begins with the kind, such as incident-critical
	Kind  Kind
	Doc   string // one line, for lists
	Event Event
	Since string // the first Coroot version that sends it; empty: every version that sends the kind
	Until string // the first Coroot version that no longer sends it; empty: the newest still does
}

// SentBy reports whether a version of Coroot sends the sample.
func (s Sample) SentBy(v Version) bool { return v.has(Dated{Since: s.Since, Until: s.Until}) }

func since(version string, s Sample) Sample {
	s.Since = version
	return s
}

func until(version string, s Sample) Sample {
	s.Until = version
	return s
}

// Samples returns the built-in events in the order of Kinds. The first of each kind is
// its DefaultSample. Each call makes new ones, so callers may change them.
func Samples() []Sample {
	samples := incidentSamples()
	samples = append(samples, deploymentSamples()...)
	return append(samples, alertSamples()...)
}

// SamplesOf returns the built-in events of one kind: the states that a template of that
// kind must handle.
func SamplesOf(kind Kind) []Sample {
	switch kind {
	case KindIncident:
		return incidentSamples()
	case KindDeployment:
		return deploymentSamples()
	case KindAlert:
		return alertSamples()
	}
	return nil
}

// SampleByName returns the built-in event with a name.
func SampleByName(name string) (Sample, bool) {
	for _, sample := range Samples() {
		if sample.Name == name {
			return sample, true
		}
	}
	return Sample{}, false
}

// SampleNames lists the names of all samples, in the order of Samples.
func SampleNames() []string {
	var names []string
	for _, sample := range Samples() {
		names = append(names, sample.Name)
	}
	return names
}

// DefaultSample returns the built-in event that is used when none is given. It
// is the zero Sample for an unknown kind.
func DefaultSample(kind Kind) Sample {
	sample := defaultSample(kind)
	sample.Event = sample.Event.Clone()
	return sample
}

var defaultSample = OncePerKind(func(kind Kind) Sample {
	if samples := SamplesOf(kind); len(samples) > 0 {
		return samples[0]
	}
	return Sample{}
})

// What the samples have in common: an imaginary shop, watched by one Coroot.
const (
	sampleBaseURL = "https://coroot.example.com"
	sampleCluster = "a1b2c3d4"
	sampleBase    = sampleBaseURL + "/p/" + sampleCluster
)

func sampleApplication(namespace string, kind ApplicationKind, name string) ApplicationID {
	return NewApplicationID(sampleCluster, namespace, kind, name)
}

// testApplication is the application of Coroot's own "Send test alert".
func testApplication() ApplicationID {
	return sampleApplication("default", "Deployment", "fake-app")
}
