package destination

import "github.com/hooktool/hooktool/pkg/destination/markup"

// Usage is how much of a limit on a length a payload uses.
type Usage struct {
	Label     string // what has that length, such as "the title of an embed"
	Used, Max int
	Unit      Unit
	Text      bool // it is the length of one text that people see, not of the whole or of an address
}

// Share returns how much is used; 1 is all of it.
func (u Usage) Share() float64 { return float64(u.Used) / float64(u.Max) }

// Usages returns how much of each limit on a length the body uses, those of single
// texts first. It is empty for a body that is not JSON but should be.
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
