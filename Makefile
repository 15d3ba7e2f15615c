# make try    the whole product on this machine, no account needed
# make test   every test but the soak; what the machine lacks is skipped by name;
#             ARGS=--cov tells which lines none reaches, and takes half as long again
# make run    the bot on Telegram: BOT_TELEGRAM__TOKEN=… make run
# make check  format, lint, types, who may import whom
# make soak   the bot killed, stopped, on a full disk …: half an hour, with tables at the end
# make bench  accuracy, stages, speed and memory of the recogniser; speed of delivery (ten minutes);
#             ARGS=FOLDER reads other photos than the twelve of tests/specimens
# make lock   pin the dependencies anew

PYTHON ?= python3
BIN := .venv/bin
# Many tests wait for something: one more than there are processors keeps these busy.
# Files run in their order: by the number of their tests, the longest test would begin last.
RUNNERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
UV_LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --python-version 3.11 pyproject.toml

.PHONY: try run test soak check bench lock clean

try: .venv/installed
	$(BIN)/licence-bot try $(ARGS)

run: .venv/installed
	$(BIN)/licence-bot run

# The suite starts a hundred programs: each would compile the bot anew where bytecode is not kept.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/installed-dev
	$(BIN)/python -m pytest --numprocesses=$(RUNNERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

soak: .venv/installed-dev
	$(BIN)/python -m pytest -m soak --capture=no --quiet tests/soak $(ARGS)

check: .venv/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed-dev
	$(BIN)/python -m tests.benchmarks.accuracy $(ARGS)
	$(BIN)/python -m tests.benchmarks.ablations $(ARGS)
	$(BIN)/python -m tests.benchmarks.shares $(ARGS)
	$(BIN)/python -m tests.benchmarks.peers $(ARGS)
	$(BIN)/python -m tests.benchmarks.engine
	$(BIN)/python -m tests.benchmarks.clients
	$(BIN)/python -m tests.benchmarks.delivery

# The development lock comes first: its peers may hold a library back.
lock: .venv/installed-dev
	$(UV_LOCK) --group dev --upgrade --output-file requirements-dev.lock
	$(UV_LOCK) --group build --constraints requirements-dev.lock --output-file requirements.lock

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: make PYTHON=python3.11 …"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing into .venv (once) …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo "Installing what tests need into .venv (once) …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
