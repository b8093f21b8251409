package lint

import "reflect"

// place is what results must have in common to be compared.
type place struct {
	Spot
	name, destination, form, fields string
}

// Joined merges the results of one template used by several webhooks if the kind,
// destination, custom fields and everything else are the same. The first result
// represents the others and names their webhooks.
func Joined(results []Result) []Result {
	var joined []Result
	index := map[place][]int{}
	for _, r := range results {
		if r.Kind == "" || r.Webhook == "" {
			joined = append(joined, r)
			continue
		}
		key := place{r.Spot(), r.Name, r.Destination, r.Form, r.fields}
		if !joinTo(joined, index[key], r) {
			index[key] = append(index[key], len(joined))
			joined = append(joined, r)
		}
	}
	return joined
}

// joinTo adds the webhook of a result to the first candidate with the same outcome.
func joinTo(joined []Result, candidates []int, r Result) bool {
	for _, i := range candidates {
		first := &joined[i]
		if reflect.DeepEqual(first.Findings, r.Findings) && reflect.DeepEqual(first.JSON, r.JSON) && reflect.DeepEqual(first.Past, r.Past) {
			first.Others = append(first.Others, r.Webhook)
			return true
		}
	}
	return false
}
