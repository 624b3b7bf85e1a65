# AWE: build, run and test. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Sources to compile; new files count too.
SOURCES := $(shell find schemas core workflows activities workers api src cli sdk bench test/chaos test/conformance test/eval -name '*.ts' 2>/dev/null) tsconfig.json tsconfig.build.json
PAGES := $(shell find console -path console/node_modules -prune -o -type f ! -name openapi.d.ts -print 2>/dev/null)
BIN := node_modules/.bin
# The API as the console sees it: made from the committed description, so that a changed contract breaks the types
API_TYPES := console/src/api/openapi.d.ts
# More arguments for jest: make test JEST_ARGS='--selectProjects unit'
JEST_ARGS ?=

# For make chaos: SEED repeats the same moments, ROUNDS repeats all, ONLY=3,4 runs some, SHORT=1 is the short form
SEED ?=
ROUNDS ?= 1
ONLY ?=
SHORT ?=
# For make eval: SEED repeats the workbooks, ONLY=isbn,csv runs some traits, FILES=dir keeps the workbooks, JSON=file;
# for it and make eval-goals: LEARN=1 lists the failures of the first round of goals
FILES ?=
JSON ?=
# For make eval-wastes: ROWS is the folder of the labelled rows, LEARN=1 lists mistakes of the first half,
# MODEL is the gateway (http://…/v1) whose model sorts what the rules leave
ROWS ?=
LEARN ?=
MODEL ?=
# For make bench: ONLY=w1,w4 runs some, PROFILE is a folder for CPU profiles of the worker
PROFILE ?=

.PHONY: help up down status demo build test test-unit test-faults chaos conformance eval eval-goals eval-wastes bench lint format typecheck env-example clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: build ## start the local stack and wait until it is ready (the first time 5 minutes, later under 10 seconds)
	@bin/awe up

down: build ## stop what `make up` started; state is kept
	@bin/awe down

status: build ## show what is running
	@bin/awe status

demo: export EGRESS_ALLOW ?= 127.0.0.1:8089
demo: up ## run audit projects, an order and a goal through the real stack and show what happens, 20 seconds
	@bin/awe demo

build: dist/.stamp ## compile, half a minute; `dist` is the newest build

test: build ## every test, on real servers (fetched or built the first time), half an hour
	@bin/awe setup --tests
	@$(BIN)/jest $(JEST_ARGS)

test-unit: node_modules/.stamp ## the tests that need no server, five minutes
	@$(BIN)/jest --selectProjects unit $(JEST_ARGS)

test-faults: build ## the tests of faults and of generated load in their long form: 20 kills each, 200 orders, 500 random plans, 10,000 elements, an hour
	@bin/awe setup --tests
	@AWE_TEST_KILLS=20 AWE_TEST_ORDERS=200 AWE_TEST_AWAY=60 AWE_TEST_PLANS=500 AWE_TEST_SEEDS=3 AWE_TEST_ELEMENTS=10000 AWE_TEST_LONG=1 \
	  $(BIN)/jest --selectProjects integration --testPathPatterns test/integration/faults test/integration/generated-load test/integration/several

chaos: build ## put faults on real processes and check the outcome (SEED=… ROUNDS=… ONLY=3,4 SHORT=1), 30 minutes
	@node --enable-source-maps dist/test/chaos/main.js --seed '$(SEED)' --rounds '$(ROUNDS)' --only '$(ONLY)' $(if $(SHORT),--short)

conformance: build ## the official suite of MCP on AWE as a server and as a client (ONLY=ping,caching); fetched the first time, 2 minutes
	@node --enable-source-maps dist/test/conformance/main.js --only '$(ONLY)'

eval: build ## read workbooks of orders, plan goals, and count the mistakes in a minute (SEED=… ONLY=isbn,csv FILES=dir JSON=file)
	@node --enable-source-maps dist/test/eval/main.js --seed '$(SEED)' --only '$(ONLY)' --files '$(FILES)' --json '$(JSON)' --learn '$(LEARN)'

eval-goals: build ## plan the goals of authors who have not seen the planner, and count (LEARN=1)
	@node --enable-source-maps dist/test/eval/goals/main.js --learn '$(LEARN)'

eval-wastes: build ## classify public rows that two readers have labelled, and count (ROWS=dir LEARN=1 MODEL=url)
	@node --enable-source-maps dist/test/eval/wastes/main.js --rows '$(ROWS)' --learn '$(LEARN)' --model '$(MODEL)'

bench: build ## measure AWE against the bare servers and SDK (ONLY=w1,start PROFILE=folder); ratios with their bars, 12 minutes
	@node --enable-source-maps dist/bench/main.js --only '$(ONLY)' --profile '$(PROFILE)'

lint: node_modules/.stamp $(API_TYPES) ## style, import boundaries, formatting, three minutes
	@echo 'Linting…'
	@$(BIN)/eslint .
	@$(BIN)/prettier --check --log-level warn .
	@sh deploy/image/lint.sh

format: node_modules/.stamp ## fix what can be fixed automatically
	@$(BIN)/eslint --fix .
	@$(BIN)/prettier --write --log-level warn .

typecheck: node_modules/.stamp $(API_TYPES) ## types of everything, tests too, half a minute
	@echo 'Checking types…'
	@$(BIN)/tsc -p tsconfig.json --noEmit
	@$(BIN)/tsc -p console --noEmit

env-example: build ## write .env.example from src/config/variables.ts
	@node -e "process.stdout.write(require('./dist/src/config/env-example').renderEnvExample())" > .env.example

clean: ## remove build results (not state, not servers); stop the stack first
	@rm -rf dist .builds coverage

# Like `npm ci`, which would insist on packages that a registry may lack: the native parts of swc and of jest's resolver
# for other platforms. The lock file is obeyed and not written.
node_modules/.stamp: package-lock.json package.json
	@echo 'Installing packages with npm, about a minute…'
	@npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(API_TYPES): node_modules/.stamp docs/openapi.json
	@npm run --silent --workspace console types >/dev/null

# Compiled beside the builds that run, then named `dist` at once: docs/decisions/017-builds-side-by-side.md
BUILD := .builds/$(shell date +%Y%m%d-%H%M%S)-$(shell echo $$PPID)
dist/.stamp: node_modules/.stamp $(SOURCES) $(PAGES)
	@echo 'Compiling, half a minute…'
	@mkdir -p $(BUILD) && touch $(BUILD)/.stamp
	@$(BIN)/tsc -p tsconfig.build.json --outDir $(BUILD)
	@echo 'Bundling the workflows…'
	@node $(BUILD)/workers/bundle.js
	@echo 'Building the console…'
	@npm run --silent --workspace console build -- --outDir ../$(BUILD)/console --logLevel warn
	@node $(BUILD)/src/local/builds.js
