package lint

import (
	"context"
	"runtime"
	"sync"
)

// Unit is one piece of work for Run. It returns the results for a file, which may
// contain several templates.
type Unit func(ctx context.Context) ([]Result, error)

// Run processes units on all cores and passes their results to emit in order. Only a
// few results wait for their turn, which bounds memory for any number of units.
func Run(ctx context.Context, units []Unit, emit func(index int, results []Result, err error)) {
	type outcome struct {
		results []Result
		err     error
	}
	if len(units) == 1 { // without another goroutine, whose stack would have to grow anew
		results, err := units[0](ctx)
		if ctx.Err() == nil {
			emit(0, results, err)
		}
		return
	}
	workers := min(runtime.GOMAXPROCS(0), len(units))
	outcomes := make([]chan outcome, len(units))
	for i := range outcomes {
		outcomes[i] = make(chan outcome, 1)
	}
	ahead := make(chan int, 4*max(workers, 1))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range ahead {
				results, err := units[i](ctx)
				outcomes[i] <- outcome{results, err}
			}
		})
	}
	next := 0
	for i := range units {
		for next < len(units) && next < i+cap(ahead) {
			ahead <- next
			next++
		}
		done := <-outcomes[i]
		outcomes[i] = nil
		if ctx.Err() == nil {
			emit(i, done.results, done.err)
		}
	}
	close(ahead)
	wg.Wait()
}
