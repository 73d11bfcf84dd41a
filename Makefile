# make demo and make test set everything up themselves: they need Python 3.11 or newer, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOM ?= all
SIZE ?= full

.PHONY: demo test bench docs lock format clean

demo: $(VENV)/.ready
	@$(BIN)/casque run missions/kosovo-1999 --workers 2 || [ $$? -eq 1 ]

test: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/pytest
	$(BIN)/python -m benchmarks --room all --size small

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks --room $(ROOM) --size $(SIZE)

docs: $(VENV)/.ready-dev
	$(BIN)/python docs/generate.py

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) missions/*/out benchmarks/out .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Casque needs Python 3.11 or newer; set PYTHON=/path/to/python")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@

# uv is quick; pip, which knows the machine's own settings for indexes and certificates, does the same where uv cannot.
define install
UV_COMPILE_BYTECODE=1 UV_SYSTEM_CERTS=1 VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet $(1) \
	|| { echo "uv could not install; trying pip"; $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); }
endef

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/.uv
	$(call install,--require-hashes -r requirements.lock)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@
