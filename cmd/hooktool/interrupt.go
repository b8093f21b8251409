package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// signalDelay is how long a command that only prints runs before it takes Ctrl-C
// into its own hands. Listening for signals starts threads, which would be a tenth
// of the time that such a command takes; one that is interrupted before ends by
// the signal itself, which shells show as the same 130.
const signalDelay = 15 * time.Millisecond

// onlyPrints tells whether a command line is one that has nothing to tidy up.
func onlyPrints(args []string) bool {
	if len(args) == 0 {
		return true
	}
	switch args[0] {
	case "render", "samples", "schema", "explain", "destinations", "completion", "version":
		return true
	}
	return false
}

// interruptible returns a context that ends with Ctrl-C or SIGTERM, and a
// function that stops listening for them.
func interruptible(args []string) (context.Context, func()) {
	if !onlyPrints(args) {
		return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	timer := time.AfterFunc(signalDelay, func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		defer signal.Stop(signals)
		select {
		case <-signals:
			cancel()
			<-ended // a second Ctrl-C does not cut short the first
		case <-ended:
		}
	})
	return ctx, func() {
		timer.Stop()
		close(ended)
		cancel()
	}
}
