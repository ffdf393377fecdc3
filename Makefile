# Two commands set everything up: `make demo` and `make test`. `make help` lists the others.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= lianpu-demo

.DEFAULT_GOAL := help
.PHONY: help demo test check format pages lock bench clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: .venv/run ## load the built-in example and answer for 芜湖市 × 新能源汽车
	$(BIN)/lianpu --data $(DATA) demo

test: check .venv/dev ## check types and style, then run all tests
	$(BIN)/python -m pytest -n 2

check: .venv/dev ## style, types, derived pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	MYPYPATH=.editable $(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

format: .venv/dev ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pages: .venv/dev ## write the pages and examples that are derived from the code
	$(BIN)/python tools/write_pages.py
	$(BIN)/python tools/write_examples.py

bench: .venv/dev ## measure; see docs/benchmarks.md
	$(BIN)/python -m bench

lock: .venv/dev ## resolve the dependencies anew; what runs is locked as it is tested
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group build --group dev -o requirements/dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		-c requirements/dev.lock pyproject.toml --group build -o requirements/run.lock

clean: ## remove the environment and what was made
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis lianpu-demo lianpu-demo.xlsx

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/python requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/run requirements/dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@
