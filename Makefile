# The usual verbs. Everything works without make too: see CONTRIBUTING.md.
.PHONY: build install test update check fuzz playground release

build:
	CGO_ENABLED=0 go build -o hooktool ./cmd/hooktool

install:
	CGO_ENABLED=0 go install ./cmd/hooktool

test:
	go test ./...

# Writes golden files, scripts, pages and completions anew.
update:
	go test ./... -update

# What decides whether a change may land.
check:
	.ci/run

# Runs one fuzz target: make fuzz PACKAGE=./pkg/event TARGET=FuzzDecode
fuzz:
	go test $(PACKAGE) -run '^$$' -fuzz '^$(TARGET)$$' -fuzztime 60s

# The playground as a static site, in dist/playground.
playground:
	go run ./internal/playground/build dist/playground

# What a release would hold, in dist.
release:
	goreleaser release --snapshot --clean
