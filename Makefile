# `make` lists everything. Works from a path with spaces: recipes use relative paths only.
PYTHON ?= python3
SIZE ?= 10k
RUN := .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help demo test pictures bench messages lock

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: ## Faden with invented people on http://127.0.0.1:8000 (PORT=8123, RESET=1 to begin anew)
	@"$(PYTHON)" src/config/bootstrap.py runtime && exec $(RUN) config.cli demo --port "$(or $(PORT),8000)"

test: ## all tests (ARGS="-k contact")
	@"$(PYTHON)" src/config/bootstrap.py dev && exec $(RUN) config.testrun $(ARGS)

pictures: ## the screenshots of the manual, anew
	@"$(PYTHON)" src/config/bootstrap.py dev && exec $(RUN) config.pictures $(ARGS)

bench: ## measure on a scratch database (SIZE=10k, 100k, 1m)
	@"$(PYTHON)" src/config/bootstrap.py bench && exec $(RUN) config.cli bench --size "$(SIZE)" $(ARGS)

messages: ## collect the texts, compile the English catalogue (ARGS=--check changes nothing)
	@"$(PYTHON)" src/config/bootstrap.py runtime && exec $(RUN) config.messages $(ARGS)

lock: ## resolve the dependencies anew into the three lock files (needs uv)
	@command -v uv >/dev/null || { echo "make lock: uv is missing: install it (pip install uv)" >&2; exit 1; }
	@uv pip compile $(LOCK) -o requirements.lock pyproject.toml
	@uv pip compile $(LOCK) -o requirements-dev.lock -c requirements.lock --group dev pyproject.toml
	@uv pip compile $(LOCK) -o requirements-bench.lock -c requirements-dev.lock --group bench pyproject.toml

LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
