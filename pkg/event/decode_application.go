package event

// application reads the three forms of an application: the string with four
// parts that Coroot sends, the older one with three, and an object.
func (d *decoding) application(target *ApplicationID) error {
	switch d.peek() {
	case '"':
		text, err := d.string()
		if err != nil {
			return err
		}
		if *target, err = ParseApplicationID(text); err != nil {
			return d.fault(false, "", "%v", err)
		}
		return nil
	case '{':
		return d.applicationObject(target)
	}
	return d.wrongType("a string such as cluster:namespace:Kind:name, or an object")
}

// applicationKey returns the key of an application that is written as an object.
// Templates' spelling is accepted as well as that of JSON.
func applicationKey(key string) string {
	switch key {
	case "cluster_id", "clusterId", "ClusterId":
		return "cluster_id"
	case "namespace", "Namespace":
		return "namespace"
	case "kind", "Kind":
		return "kind"
	case "name", "Name":
		return "name"
	}
	return ""
}

func (d *decoding) applicationObject(target *ApplicationID) error {
	parts := map[string]string{}
	err := d.members(func(key string) error {
		name := applicationKey(key)
		if name == "" {
			return d.unknown(key, []string{"cluster_id", "namespace", "kind", "name"})
		}
		if _, ok := parts[name]; ok {
			return d.twice(key)
		}
		var part string
		err := d.stringTo(&part)
		parts[name] = part
		return err
	})
	if err != nil {
		return err
	}
	var missing []string
	for _, name := range []string{"namespace", "kind", "name"} {
		if _, ok := parts[name]; !ok {
			missing = append(missing, name)
		}
	}
	d.missing(missing)
	cluster, hasCluster := parts["cluster_id"]
	*target = ApplicationID{
		ClusterId: cluster, Namespace: parts["namespace"], Kind: ApplicationKind(parts["kind"]), Name: parts["name"],
		threeParts: !hasCluster,
	}
	return nil
}
