PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

EXTRAS := dev,app

# What Python compiles is kept, as the tests start the command a hundred times.
export PYTHONDONTWRITEBYTECODE :=

PEERS := $(patsubst benchmarks/peers/%.txt,.peers/%/.installed,$(wildcard benchmarks/peers/*.txt))

.PHONY: demo test lint types docs unit integrations attack audit browser cluster fuzz golden mutants peers release docker clean

demo: $(VENV)/.installed  ## Install into .venv and summarize the example sources
	$(BIN)/summarize --words 150 examples/moon_landing

test: $(VENV)/.tested  ## Install what the tests need and run everything that CI runs
	$(MAKE) -j2 unit lint types docs integrations

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.tested
	$(BIN)/mypy

docs: $(VENV)/.tested  ## Build the documentation into build/docs; a warning is an error
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs build/docs

unit: $(VENV)/.tested
	$(BIN)/pytest -n 2 --dist worksteal

integrations: .integrations/.installed  ## Try the integrations with the libraries that they are for
	.integrations/bin/python -m pytest tests/integrations

# These libraries bring many others, of which the package shall need none. What they share with it is
# taken from its environment.
.integrations/.installed: tests/integrations/requirements.txt constraints.txt $(VENV)/.tested
	rm -rf $(@D)
	$(BIN)/python -m venv $(@D)
	echo "import site; site.addsitedir('$$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")')" \
		> "$$(.integrations/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/venv.pth"
	$(@D)/bin/pip install --quiet --constraint constraints.txt --requirement $<
	touch $@

browser:  ## Try the HTML report in Chromium; installs nothing, but says what is missing
	@test -x $(BIN)/python || { echo "make browser: run make test first" >&2; exit 1; }
	$(BIN)/python -m tests.browser

FUZZ_SECONDS ?= 1800

fuzz: $(VENV)/.tested  ## Damage files of every format for FUZZ_SECONDS; keep those that readers break on
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	nice -n 19 $(BIN)/python -m tests.fuzzing --seconds $(FUZZ_SECONDS)

attack: $(VENV)/.tested  ## Try for an hour what a hostile input, machine or program could do
	nice -n 19 $(BIN)/pytest -s tests/attack
	nice -n 19 $(BIN)/python -m tests.interrupts --runs 300
	nice -n 19 $(BIN)/python -m tests.interrupts --runs 60 --kill

audit: $(VENV)/.installed  ## Look for known weaknesses in what is installed; needs their database
	$(PYTHON) -m venv .audit
	.audit/bin/pip install --quiet pip-audit
	.audit/bin/pip-audit --strict --skip-editable --path "$$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")"

mutants: $(VENV)/.tested  ## Change each constant that moves a result; fail where no test notices
	nice -n 19 $(BIN)/python -m tests.mutants

cluster: $(VENV)/.tested  ## Install Ray and try a cluster of several nodes, and S3, on this machine
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[ray,cluster]'
	$(BIN)/python -m tests.cluster

release: $(VENV)/.tested  ## Build the wheel and the sdist, and try them in an empty environment
	$(BIN)/python -m tests.release

docker:  ## Build the image and print its help
	docker build --tag verbatim-summarizer .
	docker run --rm --network none verbatim-summarizer --help

golden: $(VENV)/.tested .integrations/.installed  ## Write the summaries that tests compare with, and what the README shows, anew
	$(BIN)/python -m tests.regenerate
	.integrations/bin/python -m tests.integrations.examples

peers: $(PEERS)  ## Install what the benchmark compares with, each in an environment of its own

.peers/%/.installed: benchmarks/peers/%.txt constraints.txt
	rm -rf $(@D)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --constraint constraints.txt --requirement $<
	touch $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

# pip would compile on one core, and pass over the same files that are no Python.
$(VENV)/.tested: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable '.[$(EXTRAS)]'
	$(BIN)/python -W ignore -m compileall -q -j 0 $(VENV)/lib > /dev/null || true
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) .audit .integrations .peers build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
