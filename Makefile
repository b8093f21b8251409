# Shortcuts for common tasks. Everything also works without make: see CONTRIBUTING.md.
.PHONY: build install test update check fuzz playground release

build:
	CGO_ENABLED=0 go build -o hooktool ./cmd/hooktool

install:
	CGO_ENABLED=0 go install ./cmd/hooktool

test:
	go test ./...

# Regenerates golden files, scripts, pages and completions.
update:
	go test ./... -update

# Runs the checks that every change must pass.
check:
	.ci/run

# Runs one fuzz target: make fuzz PACKAGE=./pkg/event TARGET=FuzzDecode
fuzz:
	go test $(PACKAGE) -run '^$$' -fuzz '^$(TARGET)$$' -fuzztime 60s

# Builds the playground as a static site in dist/playground.
playground:
	go run ./internal/playground/build dist/playground

# Builds the contents of a release in dist.
release:
	goreleaser release --snapshot --clean
