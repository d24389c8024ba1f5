# Everything a developer types. `.venv` is made, and made again when pyproject.toml or hashes.txt change.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Every file that is installed has a hash in hashes.txt, is a wheel, and so runs nothing while it is installed.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# `make check COVER=--cov` holds the floor of coverage, too; it takes a quarter longer.
COVER ?=
LOCKED := $(INSTALL) --require-hashes --only-binary :all: --constraint hashes.txt

.PHONY: ready demo check fix lint test soak bench audit lock update docs release opensearch clean

ready: $(READY)

demo: $(READY)
	$(BIN)/pressmark demo

check: lint test

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(COVER) $(PYTEST)

soak: $(READY)
	$(BIN)/python -m pytest -m soak

fix: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python docs/modules.py
	$(BIN)/python docs/commands.py

bench: $(READY)
	$(BIN)/python docs/supply.py needs bench >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	$(BIN)/python -m bench

# What is known of the versions in hashes.txt; says so when no database can be asked.
audit: $(VENV)/.supply
	$(BIN)/python docs/supply.py audit

# After a line of constraints.txt was changed: the hashes of what it names.
lock: $(VENV)/.supply
	$(BIN)/python docs/supply.py lock

# The newest versions that go together, none younger than a week.
update: $(VENV)/.supply
	$(BIN)/python docs/supply.py update

$(VENV)/.supply: $(READY)
	$(BIN)/python docs/supply.py needs supply >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	touch $@

# The documentation as plain files in site/; a link that leads nowhere ends it.
docs: $(READY)
	$(BIN)/python docs/supply.py needs docs >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

# make release VERSION=0.2.0: what stands in the way is said first; then all checks, wheel and sdist in dist/, the tag.
VERSION ?=
TAG ?= v$(VERSION)
release: $(READY)
	$(BIN)/python docs/release.py check "$(VERSION)"
	test -z "$$(git status --porcelain)" || { git status --short; echo "commit or leave out what is changed"; exit 1; }
	$(MAKE) check
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(BIN)/python docs/release.py notes "$(VERSION)" >dist/notes.md
	test -z "$(TAG)" || git tag --annotate "$(TAG)" --file dist/notes.md
	ls -l dist

opensearch: $(READY)
	$(BIN)/python -m tests.opensearch

$(READY): pyproject.toml hashes.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python 3.11 or newer is needed; make PYTHON=python3.12 names another")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python docs/supply.py pip >$(VENV)/needs.txt
	$(INSTALL) --require-hashes --requirement $(VENV)/needs.txt
	$(BIN)/python docs/supply.py needs dev >$(VENV)/needs.txt
	$(LOCKED) --requirement $(VENV)/needs.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:
	rm -rf $(VENV) site .opensearch .mypy_cache .ruff_cache .import_linter_cache
