# Targets of zhida. "make" alone lists them. Go, gcc (for the race detector and DuckDB) and a network for the Go module
# proxy are needed; the linter is installed into bin/. make browser installs Chromium with apt-get if it is not there.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export GOBIN := $(CURDIR)/bin

LINT_VERSION := v2.15.0
S3D_VERSION := v1.8.0
LINT := bin/golangci-lint-$(LINT_VERSION)
ZHIDA := bin/zhida
CROSS := arm64 loong64
PACKAGES := ./... ./testdata/gen/...# ./... passes over folders called testdata

# What a caller may set.
PROGRAMMES ?= ../shared/data/aid_fr/programmes.jsonl# aid programmes with structured eligibility; made-up ones if it is not there
REAL ?= ../shared/data/registrations# folder with sichuan_1978-2007.csv.gz and mianyang_gb18030.csv.gz
TESTFLAGS ?=# -v for all lines of go test
BENCHTIME ?= 1s
FUZZTIME ?= 50000x# a count: with a time, go test now and then fails at its own deadline
PAIRS ?= 1000000# of enterprise and condition, that make pairs compares
ENTERPRISES ?= 10000000# of bench and bench-match
ITEMS ?= 10488# of bench and bench-match
ONLY ?= night,sqlnight,nation,match# of bench: the measures it makes
NIGHT_SIZE ?= 1000000# of bench: enterprises of a night
SOAK ?= 20# how often make soak repeats the tests; it kills ten times as many nights

.PHONY: help build run real test lint servers race city duckdb peers browser chromium screenshots bench bench-match microbench pairs mutants fuzz golden cross soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/zhida
	go build -trimpath -o $(ZHIDA) ./cmd/zhida

run: build ## three nights of the sample workspace, from nothing, into out/mianyang; a policy is amended before the third
	rm -rf out/mianyang out/site
	mkdir -p out
	test -f out/mianyang.key || $(ZHIDA) keygen out/mianyang.key
	cp -r testdata/mianyang out/site
	rm out/site/*.go
	for day in 2026-06-15 2026-06-16; do $(ZHIDA) -w out/site run --ahead --date $$day; done
	cp -r testdata/mianyang/amended/. out/site/
	$(ZHIDA) -w out/site run --ahead --date 2026-06-17

real: build ## three nights of the real registrations in REAL, from nothing, into out/real
	rm -rf out/real
	mkdir -p out/real/deliveries
	go run ./testdata/gen real -data $(REAL) -out out/real/deliveries
	test -f out/real.key || $(ZHIDA) keygen out/real.key
	for day in 2026-06-15 2026-06-16 2026-06-17; do $(ZHIDA) -w testdata/real run --ahead --date $$day; done
	cp out/real/nights/2026-06-15/summary.json out/real/summary.json

test: lint race city cross run duckdb peers browser ## everything CI checks: linter, tests with race detector, cross builds, sample run, benchmarks once
	$(MAKE) --no-print-directory microbench BENCHTIME=1x

lint: $(LINT) ## formatting and linter
	$(LINT) run $(PACKAGES) ./testdata/browser/...

$(LINT):
	go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/golangci-lint $@

# The tests that run the whole sample, or dozens of nights: with the race detector they take longer than all others, which
# run the same code.
CITY := ^(TestCity|TestTakenOver.*|TestMergerTakenOver|TestSampleOfACity|TestBulkAgreesOnTheCity|TestChanges.*|TestRedelivery|TestNightOver.*|TestDiskFillsUp|TestPruneKilled|TestReplayKilled|TestLedgerOnServer|TestLedgerRestored|TestCompareWithLibrary|TestCompareBinary)$$

servers: bin/versitygw ## the servers that connectors are tested against
	@test -x /usr/sbin/sshd && test -x /usr/sbin/proftpd && test -f /usr/lib/proftpd/mod_tls.so || { apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends openssh-server openssl proftpd-core proftpd-mod-crypto; }
	@test -x /usr/sbin/mariadbd && ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || \
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql mariadb-server; }

bin/versitygw: # an object store that speaks Amazon S3's protocol
	go install github.com/versity/versitygw/cmd/versitygw@$(S3D_VERSION)

race: servers ## unit tests with the race detector
	CGO_ENABLED=1 ZHIDA_PROGRAMMES=$(realpath $(PROGRAMMES)) go test -race -timeout 60m -skip '$(CITY)' $(TESTFLAGS) $(PACKAGES)

city: servers ## tests that run the whole sample, all datasets and items, killed and compared, dozens of nights over, and every kind of change
	go test -count 1 -timeout 20m -run '$(CITY)' $(TESTFLAGS) ./cmd/zhida

duckdb: ## the sample's nights decided once more, by DuckDB from what zhida exports; needs gcc
	cd testdata/duckdb && CGO_ENABLED=1 go test -mod=mod -count 1 -timeout 20m -v .

browser: run chromium ## the sample's reports and guides in a browser: no network, nothing too wide for a phone, printed pages
	go test -count 1 -timeout 10m $(TESTFLAGS) ./testdata/browser/...

chromium:
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || \
		{ apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk fontconfig poppler-utils; }

PICTURES := testdata/mianyang/pictures
NIGHT := out/mianyang/nights/2026-06-17/report
DEPARTMENT ?= 市科学技术局# whose workbook is shown

screenshots: run chromium ## the pictures of the README, from the sample's last night
	@command -v soffice >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends libreoffice-calc; }
	mkdir -p $(PICTURES) out/pictures
	go build -o bin/shoot ./testdata/browser/shoot
	bin/shoot -height 1330 $(NIGHT)/run.html $(PICTURES)/report.png
	bin/shoot -id changes -height 1450 $(NIGHT)/run.html $(PICTURES)/changes.png
	bin/shoot -width 390 -height 860 $(NIGHT)/guides/MY-2026-15-1.html $(PICTURES)/card.png
	cp $(NIGHT)/departments/$(DEPARTMENT).xlsx out/pictures/department.xlsx
	soffice --headless --convert-to pdf --outdir out/pictures out/pictures/department.xlsx >/dev/null
	pdftoppm -r 80 -l 1 -singlefile -png out/pictures/department.pdf out/pictures/department
	bin/shoot -png -height 2000 out/pictures/department.png $(PICTURES)/department.png

peers: ## DuckDB and plain roaring are asked all that zhida is, on a small province, and a small night in SQL: every answer must be the same; needs gcc
	cd testdata/peers && CGO_ENABLED=1 go vet -mod=mod ./... && CGO_ENABLED=1 go test -mod=mod -count 1 -timeout 20m -v ./...

bin/peers: FORCE
	cd testdata/peers && CGO_ENABLED=1 go build -mod=mod -o ../../bin/peers .

FORCE:

bench: bin/peers build ## zhida beside DuckDB and plain roaring, a nation, whole nights: one table, and out/bench.json; ONLY=night of them; ENTERPRISES and ITEMS of the match, NIGHT_SIZE enterprises of a night
	mkdir -p out
	bin/peers -only $(ONLY) -enterprises $(ENTERPRISES) -items $(ITEMS) -nightly $(NIGHT_SIZE) -zhida $(ZHIDA) -scratch out -out out/bench.json

bench-match: bin/peers ## the match alone
	bin/peers -only match -enterprises $(ENTERPRISES) -items $(ITEMS) -out out/bench.json

microbench: ## Go benchmarks, BENCHTIME each
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) $(PACKAGES)

pairs: ## PAIRS random pairs of enterprise and condition against the reference evaluator, and long runs of what stands beside it
	ZHIDA_PAIRS=$(PAIRS) ZHIDA_WORLDS=60 ZHIDA_ROUNDS=20000 go test -count 1 -timeout 2h -v ./matcher/plan \
		-run '^(TestAgreesWithReference|TestCompletions|TestEveryCompletion)$$'

mutants: ## bugs seeded into the engine: each must be noticed
	ZHIDA_MUTANTS=1 go test -count 1 -timeout 30m -v -run '^TestMutants$$' ./matcher/plan

fuzz: pairs mutants ## random pairs, seeded bugs, and every fuzz target, FUZZTIME each
	grep -rho --include='*_test.go' '^func Fuzz[A-Za-z0-9]*' --with-filename . | sed 's/func //' | sort | \
	while IFS=: read -r file target; do \
		echo "$$target in $$(dirname $$file)"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$(dirname $$file)"; \
	done

golden: ## write the golden files anew; look at the difference before you commit it
	for folder in $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -r -n 1 dirname | sort -u); do \
		go test $$folder -update; \
	done

cross: ## build for every machine we deliver to, without cgo
	for arch in $(CROSS); do \
		CGO_ENABLED=0 GOOS=linux GOARCH=$$arch go build -trimpath -o bin/zhida-linux-$$arch ./cmd/zhida; \
	done

soak: ## the long forms: random kills, shuffled tests, fuzzing, full benchmarks
	ZHIDA_CRASHES=$(SOAK)0 go test -run '^TestCrashAnywhere$$' -timeout 8h ./cmd/zhida
	CGO_ENABLED=1 go test -race -timeout 8h -shuffle on -count $(SOAK) $(PACKAGES)
	$(MAKE) --no-print-directory fuzz FUZZTIME=5000000x
	$(MAKE) --no-print-directory microbench
	$(MAKE) --no-print-directory bench

clean: ## remove what was built or run
	rm -rf bin out
