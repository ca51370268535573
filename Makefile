# make         set up (first time), validate, build dist/
# make dist    set up (first time), validate, build dist/ in every format
# make test    set up (first time), run every test
# make format  put hand-edited data files into canonical form
# make docs    write the generated pages of docs/ and the metadata anew
# make verify SOURCES=DIR  hold the data against the texts in DIR, print the coverage
# make check   is the committed dist/ what the data gives? is everything in form?
# make fuzz SECONDS=600  try bad input for as long, keep what shows a fault, write docs/bad-input.md
# make test-oldest  run every test with the oldest versions that are allowed
# make audit   is a weakness known of a locked dependency? asks on the net
# make bench   measure speed and memory beside other programs, write docs/performance.md
#              (a quarter of an hour; BENCH=--large for the memory of ten million cells,
#              BENCH=--quick for three minutes that are not kept)
# make lock    renew the locked dependencies
# make clean   remove what was set up; data/ and dist/ stay

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: all dist test format docs verify check bench fuzz test-oldest audit lock clean

all: .venv/run
	$(BIN)/sheetpack build

dist: .venv/dist
	$(BIN)/sheetpack build --export all

test: .venv/test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

format: .venv/run
	$(BIN)/sheetpack format

docs: .venv/test
	$(BIN)/sheetpack describe docs/fields-and-codes.md
	$(BIN)/sheetpack metadata .
	$(BIN)/python validation/reliability.py
	$(BIN)/python -m tests.supply.dependencies docs/dependencies.md

verify: .venv/run
	@test -n "$(SOURCES)" || { echo "Say where the texts are: make verify SOURCES=DIR" >&2; exit 2; }
	$(BIN)/sheetpack verify "$(SOURCES)"

check: .venv/test
	$(BIN)/sheetpack validate
	$(BIN)/sheetpack build --check
	$(BIN)/sheetpack describe docs/fields-and-codes.md --check
	$(BIN)/sheetpack metadata . --check
	$(BIN)/python validation/reliability.py --check
	$(BIN)/python -m tests.supply.dependencies docs/dependencies.md --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

SECONDS := 600
fuzz: .venv/test
	$(BIN)/python -m tests.fuzz.figures docs/bad-input.md $(SECONDS)

test-oldest: .venv/oldest/all
	.venv/oldest/bin/python -m pytest --numprocesses auto --dist loadfile

# --strict: what could not be asked about is no good news
audit: .venv/audit/all
	for lock in requirements/*.txt; do \
		.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r $$lock || exit 1; \
	done

bench: .venv/test
	$(BIN)/python -m bench $(BENCH)

# The stamps are files in .venv: what is installed follows the lock files.
.venv/run: requirements/run.txt pyproject.toml
	@echo "Setting up .venv (first time, or the locked dependencies changed)"
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dist: requirements/dist.txt .venv/run
	$(PIP) --require-hashes -r requirements/dist.txt
	@touch $@

.venv/test: requirements/test.txt requirements/cff.txt .venv/run
	$(PIP) --require-hashes -r requirements/test.txt
	$(PYTHON) -m venv .venv/cff
	.venv/cff/bin/python -m pip --disable-pip-version-check install --quiet \
		--require-hashes -r requirements/cff.txt
	@touch $@

.venv/oldest/all: requirements/oldest.txt pyproject.toml
	$(PYTHON) -m venv .venv/oldest
	.venv/oldest/bin/python -m pip --disable-pip-version-check install --quiet \
		--require-hashes -r requirements/oldest.txt
	.venv/oldest/bin/python -m pip --disable-pip-version-check install --quiet \
		--no-deps --no-build-isolation --editable .
	@touch $@

.venv/audit/all: requirements/audit.txt
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip --disable-pip-version-check install --quiet \
		--require-hashes -r requirements/audit.txt
	@touch $@

# --universal: one lock for every platform and every Python that we support
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock:
	$(LOCK) pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(LOCK) pyproject.toml requirements/build.in --extra parquet \
		--constraint requirements/run.txt --output-file requirements/dist.txt
	$(LOCK) pyproject.toml requirements/build.in --extra test \
		--constraint requirements/dist.txt --output-file requirements/test.txt
	$(LOCK) requirements/cff.in --output-file requirements/cff.txt
	$(LOCK) requirements/audit.in --output-file requirements/audit.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-header \
		--resolution lowest-direct pyproject.toml --extra parquet --output-file .venv/lowest.txt
	$(LOCK) pyproject.toml requirements/build.in --extra test \
		--no-annotate \
		--constraint .venv/lowest.txt --output-file requirements/oldest.txt
	$(LOCK) requirements/spark.in --constraint requirements/test.txt \
		--output-file requirements/spark.txt

clean:
	rm -rf .venv
