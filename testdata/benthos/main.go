// Command benthos is the stream engine Benthos (Redpanda Connect) with the parts
// that docs/pipelines.md shows. It is a module of its own, so that hooktool links
// none of it.
package main

import (
	"context"

	_ "github.com/redpanda-data/benthos/v4/public/components/io"
	_ "github.com/redpanda-data/benthos/v4/public/components/pure"
	"github.com/redpanda-data/benthos/v4/public/service"
)

func main() { service.RunCLI(context.Background()) }
