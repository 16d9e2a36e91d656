# Akhra. `make help` lists the targets.
SHELL := /bin/bash
export CGO_ENABLED ?= 0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -name '*.go')

PROPERTIES := $(sort $(dir $(shell git grep -l pgregory.net/rapid -- '*_test.go')))

.PHONY: run release cross test check build bench fuzz faults chaos truth-table app help tools vet unit web-test
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: app ## build the app and open the demo: sample pictures in an embedded database
	go run ./cmd/akhra demo

build: app ## bin/akhra, one static binary
	go build -trimpath -ldflags '-s -w' -o bin/akhra ./cmd/akhra

app: web/dist/index.html ## build the browser app into web/dist if its sources changed
web/dist/index.html: $(WEB_SOURCES)
	cd web && npm ci --no-audit --no-fund && npm run build
	@touch $@

release: app ## every build into dist/: Linux, Windows, macOS, Debian packages, checksums
	packaging/release.sh $(VERSION)

cross: ## compile for every system that is released, without writing a binary
	@for target in linux/arm64 windows/amd64 darwin/arm64; do echo $$target; GOOS=$${target%/*} GOARCH=$${target#*/} go build -o /dev/null ./cmd/akhra || exit 1; done

check: vet ## fast: vet, floors, root and pure packages
	go test . ./numeric/... ./truth/... ./learn/... ./embed/...

test: tools app vet cross web-test unit ## what CI runs: vet, staticcheck, unit, store, API, browser, TypeScript

tools:
	@./.ci/tools

vet:
	gofmt -l $$(git ls-files '*.go') | (! grep .)
	go vet ./...
	go run $(STATICCHECK) ./...

unit: app # properties draw from a fixed seed here, so that a commit is as red or green tomorrow; make fuzz looks for new cases
	go test -timeout 30m $$(go list ./... | grep -vxF "$$(go list $(PROPERTIES:%=./%))")
	go test -timeout 30m $(PROPERTIES:%=./%) -rapid.seed=1

fuzz: ## 20,000 new random cases for every property
	go test -timeout 1h $(PROPERTIES:%=./%) -rapid.checks=20000

web-test: app
	cd web && npx tsc --noEmit && npx vitest run

bench: ## every benchmark the documents quote
	go test -run '^$$' -bench . -benchtime 1s ./...

faults: ## kill, power cuts, failing, lying and full disks, bad lines, each accounted for; SHORT=1 ends within eight minutes
	go build -o $(or $(TMPDIR),/tmp)/akhra-faults ./faults
	$(or $(TMPDIR),/tmp)/akhra-faults $(if $(SHORT),-short)

chaos: app ## a thousand answers in Chromium through fifty cuts, reloads, repetitions and kills, each accounted for
	go test -c -o $(or $(TMPDIR),/tmp)/akhra-chaos ./e2e
	cd e2e && set -o pipefail && $(or $(TMPDIR),/tmp)/akhra-chaos -test.run Chaos -chaos | sed '/^PASS$$/d'

truth-table: ## accuracy and speed of truth inference beside crowd-kit; DATA=folder of answer sets
	measures/truth.sh $(DATA)
