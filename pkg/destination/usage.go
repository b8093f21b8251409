package destination

import "github.com/hooktool/hooktool/pkg/destination/markup"

// Usage is how much of a limit on a length a payload takes up.
type Usage struct {
	Label     string // what has that length, such as "the title of an embed"
	Used, Max int
	Unit      Unit
	Text      bool // it is that of one text that people see, not of the whole or of an address
}

// Share is how much is used, 1 for all of it.
func (u Usage) Share() float64 { return float64(u.Used) / float64(u.Max) }

// Usages returns how much a body takes up of each limit on a length, those of
// single texts first; nothing for a body that is not JSON where it must be.
func (d *Destination) Usages(body []byte) []Usage {
	return d.Parse(body).Usages()
}

// Usages returns how much the body takes up of each limit on a length, those of
// single texts first; nothing for a body that is not JSON where it must be.
func (p *Payload) Usages() []Usage {
	if p.Fault != nil {
		return nil
	}
	var usages []Usage
	texts := p.Texts()
	for i := range texts {
		text := &texts[i]
		if l, ok := text.rule.limit(); ok {
			document, err := markup.Parse(text.Dialect, text.Value)
			if err != nil {
				document = nil
			}
			usages = append(usages, Usage{Label: l.Label, Used: text.measure(l, document), Max: l.Max, Unit: l.Unit, Text: true})
		}
	}
	for _, l := range p.destination.Limits {
		if l.Unit == Items {
			continue
		}
		l.each(p, func(n int, _ *Value) {
			usages = append(usages, Usage{Label: l.Label, Used: n, Max: l.Max, Unit: l.Unit})
		})
	}
	return usages
}
