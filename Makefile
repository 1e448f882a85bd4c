# Trineo. Every target sets up what it needs by itself; the second time that takes no time.
#   make demo   renders the sample batch to films/demo
#   make run    opens the window
#   make test   style, types and all tests

PY := .venv/bin/python
DEMO := films/demo

.PHONY: setup setup-dev demo run test check chaos fuzz chaos-paid soak lock package test-package

setup:
	@packaging/setup.sh run

setup-dev:
	@packaging/setup.sh dev

demo: setup
	@rm -rf $(DEMO)
	@$(PY) app.py render resources/samples/lote-navidad.csv --out $(DEMO) --data-dir .demo
	@echo "The films are in $(DEMO)/lote-navidad"

run: setup
	@$(PY) app.py

check: setup-dev
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy

test: check
	@$(PY) -m pytest -n 2 --dist loadfile

# Two hundred rounds of killed programs, machines, servers, and full disks; about half an hour.
chaos: setup-dev
	@$(PY) -m tests.chaos --rounds $(or $(ROUNDS),200)

# Programs killed at each point of a call to a service that costs money: each film is paid for once.
chaos-paid: setup-dev
	@$(PY) -m tests.chaos.paid --rounds $(or $(ROUNDS),50)

# Twenty thousand spoilt files of tests/intake/corpus; about ten minutes.
fuzz: setup-dev
	@FUZZ_EXAMPLES=$(or $(EXAMPLES),20000) $(PY) -m pytest -q tests/intake/test_fuzz.py

# Half an hour of jobs, faults, cleaning and restarts: memory, threads, open files and disk have to stay flat.
soak: setup-dev
	@$(PY) -m tests.soak --minutes $(or $(MINUTES),30)

# What people install, in dist/: packaging/README.md. Minutes; the first time on Linux, as root, it builds FFmpeg too.
package: setup
	@nice packaging/package.sh

# Installs that into a clean Debian without Python (as root, with mmdebstrap), uses it as people do, and removes it.
test-package:
	@nice packaging/test_package.sh "$$(ls -t dist/trineo_*.deb | head -1)" build/test-package

# After a change of pyproject.toml's dependencies. The files name versions and hashes, and no host.
lock: setup-dev
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate -p 3.11 \
		pyproject.toml -o packaging/requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate -p 3.11 \
		--extra dev -c packaging/requirements.lock pyproject.toml -o packaging/requirements-dev.lock
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate -p 3.11 \
		--extra package -c packaging/requirements.lock pyproject.toml -o packaging/requirements-package.lock
