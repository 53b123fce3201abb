# Everything is done by name: `make help` lists the names. Each target sets up what it needs by itself.

.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
TOOLS := $(VENV)/tools.stamp
DEMO := $(VENV)/demo.stamp
DEV := $(VENV)/dev.stamp
ROUNDS ?= 200
SEED ?= $(shell date +%Y%m%d)
JOBS ?= 2
unexport PYTHONDONTWRITEBYTECODE  # every process would compile the house anew
APART_JOBS ?= 3
APART := postgres or browser or kill or trip or use_case
LATER := use_case and postgres
LOCK = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock"

.PHONY: help setup demo demo-reset check test trips faults looks bench translations previews lock
.PHONY: check-format check-lint check-types check-contracts check-content chromium

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(DEV) ## make the environment in .venv/, with everything for development

demo: $(DEMO) ## start the simulator and Cradle; the first address it prints is the page of phones
	@$(VENV)/bin/cradle demo

demo-reset: $(DEMO) ## begin the demo anew
	@$(VENV)/bin/cradle demo --reset

check: $(DEV) ## format, lint, types, contracts, content and the tests on SQLite, within a minute
	@echo "Checking format, lint, types, contracts and content …"
	@$(MAKE) --no-print-directory --keep-going --jobs=$(JOBS) --output-sync=target \
		check-types check-content check-contracts check-format check-lint
	@echo "Testing on SQLite …"
	@$(PY) -m pytest -n $(JOBS) -m "not ($(APART))"

test: chromium check ## all of check, and PostgreSQL, Chromium and a few kills, within five minutes
	@echo "Testing with PostgreSQL, Chromium and kills …"
	@TRIPS=$${TRIPS:-some} $(PY) -m pytest -n $(APART_JOBS) --dist worksteal -m "($(APART)) and not ($(LATER))"

trips: $(DEV) ## every trip through the bot on SQLite, TRIPS=all on PostgreSQL too; use cases on PostgreSQL; TRIPS_PART=1/6 for a sixth
	@$(PY) -m pytest -n $(APART_JOBS) --dist worksteal -m "(trip and not kill) or ($(LATER))"

faults: $(DEV) ## the long fault runs, figures in var/faults.json; ROUNDS=200 kills on each database, SEED=… to repeat one
	@FAULT_ROUNDS=$(ROUNDS) FAULT_SEED=$(SEED) $(PY) -m pytest -n $(JOBS) --dist worksteal --timeout=3600 \
		tests/faults tests/trips/test_kills.py
	@HISTORIES=100 $(PY) -m pytest tests/histories --timeout=3600

looks: $(DEV) ## take screenshots into var/
	@$(PY) -m tests.looks
	@$(PY) -m tests.looks_people

bench: $(DEV) ## measure, print a table and write var/bench.json; ONLY=name for some
	@$(PY) -m benchmarks $(ONLY)

translations: $(DEV) ## bring the translators' files up to date with the texts
	@$(VENV)/bin/cradle content translations

previews: $(DEV) ## write the months of docs/previews anew, as families read them
	@$(VENV)/bin/cradle content previews docs/previews

# The development's pins bind the demo's, so that what runs is what was tested.
lock: $(TOOLS) ## pin the requirements anew, with their hashes
	@echo "Pinning the requirements …"
	@$(LOCK) requirements-tools.in --output-file requirements-tools.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) requirements.in --constraint requirements-dev.txt --output-file requirements.txt

check-format:
	@$(PY) -m ruff format --check . || { echo "Format: run '$(PY) -m ruff format .'"; exit 1; }

check-lint:
	@$(PY) -m ruff check .

check-types:
	@$(PY) -m mypy

check-contracts:
	@$(VENV)/bin/lint-imports --no-cache

check-content:
	@$(VENV)/bin/cradle content check

chromium:
	@command -v chromium >/dev/null || echo "Chromium is not here, so the browser tests will be skipped:" \
		"install it with 'apt-get install chromium fonts-noto-cjk'."

# The first Python that is new enough and can make an environment; a launcher that starts nothing is passed over.
$(TOOLS): requirements-tools.txt
	@found=""; for python in python3.11 python3 python3.12 python3.13 python3.14; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found="$$python"; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making the environment in $(VENV)/ with $$python …"; \
		exec "$$python" -m venv $(VENV); \
	done; \
	if test -n "$$found"; then \
		echo "$$found was found, but it cannot make environments: install its venv module" \
			"(on Debian: apt-get install python3-venv)." >&2; \
	else \
		echo "Cradle needs Python 3.11 or newer, and none was found: install it" \
			"(on Debian: apt-get install python3 python3-venv)." >&2; \
	fi; exit 1
	@echo "Installing uv, which installs the rest …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt \
		|| echo "uv could not be installed; going on with pip, which is slower."
	@touch $@

# With the development tools in place the demo keeps them: they include everything it needs.
$(DEMO): $(TOOLS) requirements.txt pyproject.toml
	@if test -e $(DEV); then $(MAKE) --no-print-directory $(DEV); else $(call install,requirements.txt); fi
	@touch $@

$(DEV): $(TOOLS) requirements-dev.txt pyproject.toml
	@$(call install,requirements-dev.txt)
	@touch $@

# The tools are named too, because sync removes what is not named.
define install
{ echo "Installing what $(1) pins …"; \
	{ test -x $(UV) && VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --compile-bytecode --require-hashes requirements-tools.txt $(1) \
		&& VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .; } \
	|| { echo "uv did not manage; trying pip …"; \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) \
		&& $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; }; }
endef
