# Akhra. `make help` lists the targets.
SHELL := /bin/bash
export CGO_ENABLED ?= 0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -name '*.go')

.PHONY: run test check build bench app help tools vet unit web-test
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

check: vet ## fast: vet, floors, root and pure packages
	go test . ./numeric/... ./truth/... ./learn/... ./embed/...

test: tools app vet web-test unit ## what CI runs: vet, staticcheck, unit, store, API, browser, TypeScript

tools:
	@./.ci/tools

vet:
	gofmt -l $$(git ls-files '*.go') | (! grep .)
	go vet ./...
	go run $(STATICCHECK) ./...

unit: app
	go test -timeout 11m ./...

web-test: app
	cd web && npx tsc --noEmit && npx vitest run

bench: ## every benchmark the documents quote
	go test -run '^$$' -bench . -benchtime 1s ./...
