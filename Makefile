.DEFAULT_GOAL := help
.PHONY: help setup demo test format bench soak snapshots docs clean

PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null | grep True),$(p))))
BIN := .venv/bin
DEMO := projects/demo-study

help: ## List what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: .venv/.ready ## Set up .venv with everything the program and its checks need

.venv/.ready: pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then uv sync --frozen --quiet; \
	else $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --upgrade pip \
	  && $(BIN)/python -m pip install --quiet --editable . --group dev; fi
	@touch $@

demo: setup ## Open the demo study in the terminal
	@$(BIN)/qualbench demo $(DEMO)

test: setup ## Run every check: format, lint, types, import contracts, docs, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check README.md docs/*.md
	$(BIN)/pytest -n 4 -m "not soak"

format: setup ## Put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup ## Write the generated tables and pictures of the docs again
	$(BIN)/cog -r README.md docs/*.md
	$(BIN)/python docs/pictures.py

snapshots: setup ## Accept the screens as they are now as the golden ones
	QUALBENCH_ACCEPT=1 $(BIN)/pytest tests/tui/test_pictures.py

bench: setup .venv-peers/.ready ## Measure the budgets and write bench.json
	$(BIN)/python -m tests.bench

.venv-peers/.ready: tests/bench/peers.txt
	@$(BIN)/python -m venv .venv-peers && .venv-peers/bin/python -m pip install --quiet --requirement tests/bench/peers.txt
	@touch $@

soak: setup ## Run the long checks: some hours
	@if command -v uv >/dev/null 2>&1; then uv sync --frozen --quiet --group soak; \
	else $(BIN)/python -m pip install --quiet --group soak; fi
	$(BIN)/pytest -m soak

clean: ## Remove what was set up
	rm -rf .venv .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis
