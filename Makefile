# Everything a developer types; `make help` lists it. `.venv` is made, and made again when pyproject.toml or hashes.txt
# change: what the product needs for `make demo`, and the tools of its developers on top of that for all else.
.DEFAULT_GOAL := help
VENV ?= .venv
PYTHON ?= python3
SHELL := /bin/bash
# The tests start Python some hundred times: without compiled files each start compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(VENV)/.pip
PRODUCT := $(VENV)/.product
KERNEL := $(VENV)/.kernel
# Every file that is installed has a hash in hashes.txt, is a wheel, and so runs nothing while it is installed.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# `make check COVER=--cov` holds the floor of coverage, too; it takes a quarter longer.
COVER ?=
LOCKED := $(INSTALL) --require-hashes --only-binary :all: --constraint hashes.txt

.PHONY: help ready demo check fix translations lint layout types test soak bench kernel audit lock update docs pictures release opensearch clean

help: # this list
	@sed -n 's/^\([a-z]*\):[^#]*# /\1\t/p' Makefile | expand -t 14

ready: $(READY) $(KERNEL) # what developers need, into .venv

demo: $(KERNEL) # crawl three fictional sites, index them, open the pages
	$(BIN)/pressmark demo

# Layout first, which takes a second; then types and tests side by side, which end as soon as the processors allow.
check: layout # all checks and tests
	$(MAKE) --no-print-directory --jobs 2 types test

lint: layout types # layout, types, contracts, dead code

layout: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture

# Three at a time: a test that waits for a socket, a browser or a node leaves its processor to another.
test: $(READY) # the tests
	$(BIN)/python -m pytest -n 3 --dist worksteal $(COVER) $(PYTEST)

soak: $(READY) # the tests that take hours
	$(BIN)/python -m pytest -m soak

fix: $(READY) # mend layout, write the generated pages
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python docs/modules.py
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/metrics.py
	$(BIN)/python docs/api.py

pictures: $(READY) # take docs/pictures/: every kind of page, light and dark
	$(BIN)/python docs/pictures.py

translations: $(READY) # new texts of the pages into the catalogues
	$(BIN)/python docs/translations.py

bench: $(READY) # measure beside peers
	$(BIN)/python docs/supply.py needs bench >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	$(BIN)/python -m bench

# Searches take a half to four fifths of the time with it; it needs a C compiler, and nothing needs it (kernel/README.md).
BUILD_KERNEL = $(INSTALL) --no-deps --no-build-isolation --force-reinstall ./kernel
kernel: $(PRODUCT) # build and install the compiled kernel
	$(BUILD_KERNEL)
	touch $(KERNEL)

# What is known of the versions in hashes.txt; says so when no database can be asked.
audit: $(VENV)/.supply # ask about known faults of what is installed
	$(BIN)/python docs/supply.py audit

# After a line of constraints.txt was changed: the hashes of what it names.
lock: $(VENV)/.supply # the hashes of constraints.txt
	$(BIN)/python docs/supply.py lock

# The newest versions that go together, none younger than a week.
update: $(VENV)/.supply # the newest versions
	$(BIN)/python docs/supply.py update

# Not all of $(READY): a package that pyproject.toml names has no hash before `make lock` wrote it.
$(VENV)/.supply: $(PIP)
	$(BIN)/python docs/supply.py tools >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	touch $@

# The documentation as plain files in site/; a link that leads nowhere ends it.
docs: $(READY) # the documentation as a site
	$(BIN)/python docs/supply.py needs docs >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

# make release VERSION=0.2.0: what stands in the way is said first; then all checks, wheel and sdist in dist/, the tag.
VERSION ?=
TAG ?= v$(VERSION)
release: $(READY) # check, build and tag VERSION=...
	$(BIN)/python docs/release.py check "$(VERSION)"
	test -z "$$(git status --porcelain)" || { git status --short; echo "commit or leave out what is changed"; exit 1; }
	$(MAKE) check
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(BIN)/python docs/release.py notes "$(VERSION)" >dist/notes.md
	test -z "$(TAG)" || git tag --annotate "$(TAG)" --file dist/notes.md
	ls -l dist

opensearch: $(READY) # three nodes on this machine, for a trial
	$(BIN)/python -m tests.opensearch

$(PIP): hashes.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python 3.11 or newer is needed; make PYTHON=python3.12 names another")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python docs/supply.py pip >$(VENV)/needs.txt
	$(INSTALL) --require-hashes --requirement $(VENV)/needs.txt
	touch $(PIP)

$(PRODUCT): $(PIP) pyproject.toml hashes.txt
	$(BIN)/python docs/supply.py needs >$(VENV)/needs.txt
	@echo "installing Pressmark into $(VENV)" >&2
	@set -o pipefail; $(filter-out --quiet,$(LOCKED)) --requirement $(VENV)/needs.txt | $(BIN)/python docs/supply.py shown
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $(PRODUCT)

# Where it cannot be built (no compiler, no headers of Python) that is said, and all works without it.
$(KERNEL): $(PRODUCT) $(wildcard kernel/*)
	@echo "compiling Pressmark's kernel" >&2
	@$(BUILD_KERNEL) >$(VENV)/kernel.log 2>&1 || echo "not compiled ($(VENV)/kernel.log says why): Pressmark finds and reads the same without it, slower; \`make kernel\` tries again" >&2
	@touch $@

$(READY): $(PRODUCT)
	$(BIN)/python docs/supply.py needs dev >$(VENV)/needs.txt
	@echo "installing what its developers need into $(VENV)" >&2
	@set -o pipefail; $(filter-out --quiet,$(LOCKED)) --requirement $(VENV)/needs.txt | $(BIN)/python docs/supply.py shown
	touch $(READY)

clean: # remove what was made here
	rm -rf $(VENV) site .opensearch .mypy_cache .ruff_cache .import_linter_cache
