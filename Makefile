# One task file.  `make` or `make help` lists the verbs; each sets up what it needs in .venv, once.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
# The first of these that runs, is new enough and can make an environment.  `make PYTHON=/path/to/python3 demo` names another.
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if $$p -c '$(FITS)' >/dev/null 2>&1; then echo $$p; break; fi; done)
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

STAMP_VENV := $(VENV)/.stamp-made
STAMP_RUN := $(VENV)/.stamp-run
STAMP_DEV := $(VENV)/.stamp-dev
STAMP_EXPLORE := $(VENV)/.stamp-explore
STAMP_WARM := $(VENV)/.stamp-warm
BESIDE := benchmarks verification tools docs/generate.py docs/answered.py docs/experiments/run.py docs/site/conf.py # Python that is no part of the package
TYPES = $(BIN)/mypy && $(BIN)/mypy $(BESIDE)
KERNELS := $(wildcard src/glasstown/engine/*.py src/glasstown/engine/*/*.py src/glasstown/compiler/*.py) src/glasstown/chance.py

.PHONY: help setup demo explore quick test check style types house coverage verify deter stationary calibrate calibrate-recover calibrate-placebo bench docs site clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP_WARM) ## make .venv, install Glasstown and compile its kernels
	@echo "Ready: $(BIN)/glasstown --help"

demo: $(STAMP_WARM) ## the main job to its end: three readings of two schemes, a picture, a report
	@$(BIN)/glasstown demo

explore: $(STAMP_EXPLORE) $(STAMP_WARM) ## look at schemes, towns and lives in a browser (EXPLORE="--port 9000")
	@$(BIN)/glasstown explore $(EXPLORE)

quick: $(STAMP_DEV) $(STAMP_WARM) ## under a minute: style, types and the tests nearest to what you changed (SINCE=main: a branch)
	@$(BIN)/python tools/quick.py $(if $(SINCE),--since $(SINCE)) || [ $$? -eq 3 ]

# Types are one process, so that they are looked at beside the tests; what they come to is told last.
test: $(STAMP_DEV) $(STAMP_WARM) style ## style, types, and every test but the long ones
	@mkdir -p .cache
	@{ $(TYPES); } >.cache/types.log 2>&1 & types=$$!; ended=0; \
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile || ended=$$?; \
	wait $$types || ended=$$?; \
	cat .cache/types.log; exit $$ended

check: style types ## style and types

style: $(STAMP_DEV)
	$(BIN)/ruff check src tests $(BESIDE)
	$(BIN)/ruff format --check src tests $(BESIDE)

types: $(STAMP_DEV)
	@$(TYPES)

house: $(STAMP_DEV) ## counts that may only fall: import circles, long functions and files, wide kernels
	@$(BIN)/python tools/house.py
	@$(BIN)/python tools/house.py --limits

coverage: $(STAMP_DEV) $(STAMP_WARM) ## lines and branches that tests reach of interpreter and engine, each above a floor (WHOLE=1: of everything)
	@$(BIN)/python tools/covered.py --jobs $(JOBS)
	$(if $(WHOLE),$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term --cov-report=html:.cache/coverage-pages)

verify: $(STAMP_DEV) $(STAMP_WARM) ## the tests that `test` leaves out, and slow comparisons with exact results (SHORT=1: smaller, MUTATE=1: can each check fail, PAGE=1: docs/verification.md)
	@test -f verification/run.py || { echo "There is no verification/run.py." >&2; exit 2; }
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile -m "planted or long"
	$(BIN)/python verification/run.py $(if $(SHORT),--short) $(if $(MUTATE),--mutate) $(if $(PAGE),--page)

deter: $(STAMP_DEV) $(STAMP_WARM) ## whether offences fall as more of what is found out is written down (SHORT=1: smaller towns)
	$(BIN)/python verification/deterring.py $(if $(SHORT),--short)

stationary: $(STAMP_DEV) $(STAMP_WARM) ## whether a town without a rulebook stands still, account by account (SHORT=1: smaller towns)
	$(BIN)/python verification/stationary.py $(if $(SHORT),--short)

calibrate: $(STAMP_DEV) $(STAMP_WARM) ## the towns that the record does not rule out, in a night on two cores (CALIBRATE="--points 150 --waves 2 --final 300": small)
	$(BIN)/python tools/calibrate.py $(CALIBRATE)

calibrate-recover: $(STAMP_DEV) $(STAMP_WARM) ## hide settings and look whether the waves find them; after `calibrate`, with the same CALIBRATE
	$(BIN)/python tools/calibrate.py --recover $(CALIBRATE)

calibrate-placebo: $(STAMP_DEV) $(STAMP_WARM) ## hold the first wave to targets that none can meet: nothing is to be left
	$(BIN)/python tools/calibrate.py --placebo $(CALIBRATE)

bench: $(STAMP_DEV) $(STAMP_WARM) ## speed and memory (SHORT=1: the short form)
	@test -f benchmarks/run.py || { echo "There is no benchmarks/run.py." >&2; exit 2; }
	$(BIN)/python benchmarks/run.py $(if $(SHORT),--short)

docs: $(STAMP_DEV) ## write the generated pages and schemas again
	@test -f docs/generate.py || { echo "There is no docs/generate.py." >&2; exit 2; }
	$(BIN)/python docs/generate.py

site: $(STAMP_DEV) ## the documentation site, build/site/index.html; a broken link fails
	$(BIN)/python -m sphinx -W --keep-going -q -b html -c docs/site . build/site
	@echo "Open build/site/index.html; no server is needed."

clean: ## remove .venv, caches and the demo; runs/ stays
	rm -rf $(VENV) build demo src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP_VENV):
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c '$(FITS)' >/dev/null 2>&1; then \
		echo "Glasstown needs CPython 3.11 or newer with the modules venv and ensurepip; found none as" \
			"$(if $(PYTHON),$(PYTHON),python3.11$(comma) python3.12$(comma) python3.13 or python3)." >&2; \
		echo "Install one (on Debian and Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python3 demo" >&2; \
		exit 2; \
	fi
	@echo "Setting up $(VENV) with $$("$(PYTHON)" --version); this is done once."
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

# Development packages include those of a run at the same versions, so either order ends in the same environment.
$(STAMP_RUN): requirements/build.lock requirements/run.lock pyproject.toml | $(STAMP_VENV)
	@echo "Installing locked packages (requirements/run.lock) ..."
	@$(PIP) --require-hashes -r requirements/build.lock
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(STAMP_DEV): requirements/dev.lock $(STAMP_RUN)
	@echo "Installing locked packages (requirements/dev.lock) ..."
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

$(STAMP_EXPLORE): requirements/explore.lock $(STAMP_RUN)
	@echo "Installing locked packages (requirements/explore.lock) ..."
	@$(PIP) --require-hashes -r requirements/explore.lock
	@touch $@

# Only a missing module is passed over; a kernel that does not compile stops here.
$(STAMP_WARM): $(KERNELS) $(STAMP_RUN)
	@if [ -f src/glasstown/engine/warm.py ]; then echo "Compiling the kernels ..."; $(BIN)/python -m glasstown.engine.warm; fi
	@touch $@

comma := ,
