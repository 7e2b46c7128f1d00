# Everyday commands. Each one prepares what it needs first, so that any of them works from a fresh clone.
# The steps of setting up are in .ci/setup; stamps in .venv remember which were done, so that a second time is quick.

PORT ?= 5000
WORKERS ?= 2

export UV_SYSTEM_CERTS = 1
export UV_PYTHON_DOWNLOADS = never
unexport PYTHONDONTWRITEBYTECODE

COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := setup
.PHONY: setup run test check lock

# The program's own modules are compiled each time: where the service may not write, each start would do it again.
setup: .venv/.run  # prepare .venv, so that .venv/bin/tracker runs
	@.venv/bin/python -m compileall -q tracker migrations
	@echo "Ready: .venv/bin/tracker --help lists the commands, make run serves"

run: export TRACKER_ENV = local
run: .venv/.run  # serve on 127.0.0.1:5000 (another port with PORT=), with the demonstration when the database is empty
	@.venv/bin/tracker setup
	@.venv/bin/tracker demo --if-empty
	@.venv/bin/tracker serve --port "$(PORT)"

test: check  # everything: the checks, then all tests on SQLite, those of stored data on PostgreSQL too, and in a browser
	@.ci/setup browser
	@echo "Testing on SQLite, on PostgreSQL and in a browser"
	@.venv/bin/pytest -q -n "$(WORKERS)" --dist worksteal

check: .venv/.dev  # style, types, templates and import contracts
	@echo "Checking style"
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --quiet --check
	@echo "Checking types"
	@.venv/bin/mypy --strict --no-error-summary
	@echo "Checking templates"
	@.venv/bin/djlint --lint --quiet templates
	@echo "Checking import contracts"
	@.venv/bin/lint-imports --no-logo > .venv/contracts.txt || { cat .venv/contracts.txt; exit 1; }

lock: .venv/.uv  # write the locked requirements again (all at their newest with UPGRADE=1)
	@echo "Locking the requirements"
	@$(COMPILE) --group setup --output-file requirements/uv.txt
	@$(COMPILE) pyproject.toml --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt

.venv/.made:
	@.ci/setup venv
	@touch $@

.venv/.uv: requirements/uv.txt .venv/.made
	@.ci/setup uv
	@touch $@

.venv/.run: requirements/run.txt pyproject.toml .venv/.uv
	@.ci/setup packages run
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@.ci/setup packages dev
	@touch $@
