package destination_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// BenchmarkCheck checks each destination's example once its schema is compiled.
func BenchmarkCheck(b *testing.B) {
	for _, d := range catalog.All() {
		b.Run(d.Name, func(b *testing.B) {
			body := []byte(d.Example)
			d.Check(body)
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				d.Check(body)
			}
		})
	}
}
