# What to type. Each target first installs what this host lacks (scripts/setup) and does nothing twice.

TOOLS := $(or $(TUKU_TOOLS),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tuku/tools)
export PATH := $(CURDIR)/node_modules/.bin:$(TOOLS)/bin:$(PATH)
export TUKU_TOOLS = $(TOOLS)
# cargo-leptos looks for what it built in `target` alone.
unexport CARGO_TARGET_DIR
# Everything but the browser's half, tested in the profile that the program is built in: one build serves both.
tested = -p model -p imaging -p imaging-workers -p storage -p domain -p leptos-wake -p leptos-wake-example -p app -p server --features app/ssr,leptos-wake-example/ssr

.PHONY: run test dev workbench lint docs setup build loader size test-rust test-d1 test-openrpc test-end2end bench-rpc bench-pictures bench-encoders bench-pages bench-random bench-s3 fuzz

run: build ## Build the release and serve it at http://127.0.0.1:3000
	target/release/tuku serve

test: test-rust build size test-d1 test-openrpc test-end2end ## Run every test, the browser ones included

dev: setup ## Serve while you edit: rebuilds and reloads
	cargo leptos watch

workbench: ## Every component and island in the browser alone, at http://127.0.0.1:3002
	@scripts/setup workbench
	trunk serve --offline

docs: build ## Write the table of methods into docs/rpc.md
	target/release/tuku methods | sed -i -e '/^<!-- methods/,/^<!-- end of/{//!d}' -e '/^<!-- methods/r /dev/stdin' docs/rpc.md

setup: ## Install what a build needs
	@scripts/setup build

build: setup
	@scripts/build

loader: ## Make what is sent of the script that wakes islands, after a change of it
	@scripts/setup test
	cd end2end && node loader.mjs

size: build ## What the WebAssembly of the site weighs and why; an error when it is too much
	@scripts/setup size
	@scripts/size

test-rust:
	@scripts/setup test
	TUKU_TEST_S3=1 TUKU_TEST_REDIS=1 TUKU_WEED=$(TOOLS)/seaweedfs/bin/weed TUKU_TEST_CLIENTS=1 TUKU_AWS=$(TOOLS)/awscli/bin/aws cargo test --release $(tested)

test-d1: build ## The migrations and every statement, on a local Cloudflare D1
	TUKU_BIN=$(CURDIR)/target/release/tuku node end2end/d1/check.mjs

test-openrpc: build ## The description of the methods against its meta-schema, and its examples run
	@scripts/setup test
	TUKU_BIN=$(CURDIR)/target/release/tuku node end2end/openrpc/check.mjs

test-end2end: build ## The whole line in a real browser
	@scripts/setup test
	@scripts/wake-example
	cargo build --release $(tested) --bin leptos-wake-example
	target/release/leptos-wake-example target/wake-example
	cd end2end && TUKU_BIN=$(CURDIR)/target/release/tuku npx playwright test

bench-rpc: build ## What a cached and an uncached read cost, into docs/benchmarks/rpc.md
	@scripts/setup bench
	TUKU_BIN=$(CURDIR)/target/release/tuku python3 -B -m benchmarks.rpc.run $(OPTIONS)

bench-pictures: build ## What pictures cost beside sharp, ipx, oximg and nginx, into docs/benchmarks/pictures.md
	@scripts/setup bench-pictures
	cargo build --release -p imaging --examples
	TUKU_BIN=$(CURDIR)/target/release/tuku python3 -B -m benchmarks.pictures.run $(OPTIONS)

bench-encoders: setup ## What the settings of the AVIF and WebP encoders cost and give, into docs/benchmarks/encoders.md
	@scripts/setup bench-encoders
	cargo build --release -p imaging --examples
	python3 -B -m benchmarks.pictures.encoders.run $(OPTIONS)

bench-pages: build ## What a photo page brings and costs beside Astro and nginx, into docs/benchmarks/pages.md
	@scripts/setup bench-pages
	TUKU_BIN=$(CURDIR)/target/release/tuku python3 -B -m benchmarks.pages.run $(OPTIONS)

bench-random: build ## What a random picture costs at a million, and beside a script over a bucket, into docs/benchmarks/random.md
	@scripts/setup bench-random
	TUKU_BIN=$(CURDIR)/target/release/tuku python3 -B -m benchmarks.random.run $(OPTIONS)

bench-s3: build ## What files cost that rclone puts into the bucket, beside garage and SeaweedFS, into docs/benchmarks/s3.md
	@scripts/setup bench-s3
	TUKU_BIN=$(CURDIR)/target/release/tuku python3 -B -m benchmarks.s3.run $(OPTIONS)

fuzz: ## Every fuzz target of imaging for so long: make fuzz SECONDS=600
	@scripts/setup fuzz
	@scripts/fuzz $(or $(SECONDS),60)

lint: ## Formatting, Clippy, licences, unused dependencies
	@scripts/setup lint
	cargo fmt --all --check
	cargo clippy --release $(tested) --all-targets -- -D warnings
	cargo clippy --release -p frontend -p leptos-wake-example --lib --features frontend/hydrate,leptos-wake-example/hydrate --target wasm32-unknown-unknown -- -D warnings
	cargo clippy --release -p frontend --bin workbench --features workbench --target wasm32-unknown-unknown -- -D warnings
	cargo deny check bans licenses sources
	cargo machete
