# All set-up is done by these targets: `make demo` or `make test` in a fresh clone is enough.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
SIZE ?= small
CHECKED := graphkb loaders queries samples scripts tests benchmarks setup.py

.DEFAULT_GOAL := help
.PHONY: help demo test lint eval bench clean env env-dev programs python
.NOTPARALLEL:

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16
	@echo '  PYTHON=python3.12 chooses the Python, WORKERS=4 how many processes test'

demo: env ## set up, load the sample, ask it and write a page to look at
	@scripts/demo.sh

test: programs lint ## set up, get what tests need, lint and test
	@$(BIN)/pytest --numprocesses=$(WORKERS)

lint: env-dev ## ruff, mypy, the direction of imports, eslint and typescript
	@$(BIN)/ruff check $(wildcard $(CHECKED))
	@$(BIN)/ruff format --check --quiet $(wildcard $(CHECKED))
	@$(BIN)/mypy & types=$$!; \
	 $(BIN)/python scripts/check_imports.py && $(BIN)/python scripts/check_front_end.py; \
	 others=$$?; wait $$types && exit $$others

eval: env ## score the extraction on the annotated papers (GRAPHKB_SHARED, else ../shared)
	@$(BIN)/python scripts/evaluate.py

bench: env-dev programs ## measure times and sizes (benchmarks/): SIZE=small, or full
	@$(BIN)/python -m benchmarks --size $(SIZE) --out bench-$(SIZE).json

clean: ## remove what was made here, the environment too
	rm -rf .venv .cache build dist demo node_modules *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find graphkb loaders queries samples scripts tests -name __pycache__ -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) on PATH: install Python 3.11 or later\
	 with venv (Debian: apt-get install python3-venv; macOS: brew install python)" >&2; exit 1; }

env: python
	@$(PYTHON) scripts/make_environment.py

env-dev: python
	@$(PYTHON) scripts/make_environment.py --dev

programs: env-dev
	@$(BIN)/python scripts/get_test_programs.py
