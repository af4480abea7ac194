# Everything is set up by the targets themselves: `make run` and `make test` need only Python 3.11, Java 17, git and make.
SHELL := bash
PYTHON ?= python3.11
# two processes with one Spark session each; a file's tests stay together, the cluster's begin first
PYTEST := -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 20
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# the Java that Spark takes
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
DEMO ?= build/demo

.PHONY: run test test-all check format lock bench clean setup

run: $(READY)
	$(BIN)/hwabo demo --out $(DEMO)

test: $(READY) build/hwabo.zip
	$(BIN)/python $(PYTEST) -m "not slow"

test-all: $(READY) build/hwabo.zip
	$(BIN)/python $(PYTEST)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(READY)

# The environment: locked versions with their hashes, then the jars, by Spark's own resolver.
$(READY): requirements.lock pyproject.toml conf/spark-defaults.conf
	@command -v $(PYTHON) >/dev/null || { echo "hwabo: $(PYTHON) is not found: install Python 3.11, or name it: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "hwabo: $(PYTHON) is not Python 3.11: install it, or name it: make PYTHON=/path/to/python3.11"; exit 2; }
	@command -v $(JAVA) >/dev/null || { echo "hwabo: $(JAVA) is not found: install Java 17 (Debian: openjdk-17-jre-headless), put it on PATH or set JAVA_HOME"; exit 2; }
	@$(JAVA) -version 2>&1 | grep -q 'version "17' || { echo "hwabo: Java 17 is needed, but $(JAVA) is: $$($(JAVA) -version 2>&1 | head -1); set PATH or JAVA_HOME"; exit 2; }
	@echo "setting up (once): Python packages, about 6 GB, then Spark's jars, about 300 MB"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -c 'from jobs.session import resolve_jars; resolve_jars()'
	@touch $(READY)

# What `spark-submit --py-files` ships.
build/hwabo.zip: $(READY) $(shell find jobs udfs conf -type f -not -path '*/__pycache__/*')
	@mkdir -p build
	@find jobs udfs conf -name __pycache__ -prune -exec rm -rf {} +
	@rm -f $@
	$(BIN)/python -m zipfile -c $@ jobs udfs conf

lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras \
		--quiet pyproject.toml -o requirements.lock

clean:
	rm -rf build $(VENV)
