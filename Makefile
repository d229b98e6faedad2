# Each goal does all its own set-up, from nothing but a Python 3.11 or newer, and is quick the second time.
#   make report   write report.html from studies/
#   make test     lint, types, tests
# Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BENCH := .venv/.ready-bench
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt

.PHONY: help report test check nightly bench readme gallery clean
.DEFAULT_GOAL := help

help:
	@echo 'make report  write report.html from studies/'
	@echo 'make test    lint, types and tests'
	@echo 'make check   lint and types only'
	@echo 'make nightly 20,000 studies made of data, none of which may be found inconsistent'
	@echo 'make bench   how long the common commands take'
	@echo 'make gallery every figure on one page, build/gallery/index.html'
	@echo 'make readme  renew the picture and the outputs in README.md'
	@echo 'make clean   remove what the other goals made'

report: $(READY)
	@$(BIN)/evidence report studies -o report.html

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: check
	@$(BIN)/python -m pytest -q

# New examples every night, where `make test` tries the same ones; takes about ten minutes.
nightly: $(READY)
	@HYPOTHESIS_PROFILE=nightly EVIDENCE_STUDIES=20000 EVIDENCE_EXAMPLES=500 \
	  $(BIN)/python -m pytest -q tests/evidence/checks tests/synthesis/figures/test_any_forest.py

bench: $(BENCH)
	@$(BIN)/python -m pytest tests/benchmarks -q -s -p no:cacheprovider

readme: $(READY)
	@$(BIN)/python .ci/readme/renew.py

gallery: $(READY)
	@$(BIN)/python .ci/gallery/build.py

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis report.html

$(READY): pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is missing or older than Python 3.11; name another: make PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) setuptools
	@$(INSTALL) --no-build-isolation -e '.[dev]'
	@$(BIN)/python -m compileall -q evidence synthesis templates
	@touch $@

$(BENCH): $(READY)
	@$(INSTALL) --no-build-isolation -e '.[dev,bench]'
	@touch $@
