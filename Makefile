# The front door. `make run` starts the whole service, `make test` proves it; both set up what they need.
.PHONY: run test setup setup-test lint faults bench lock samples

run: setup
	.venv/bin/intake serve --demo

setup:
	@.ci/setup run

setup-test:
	@.ci/setup test

test: setup-test
	.venv/bin/python -m pytest -n 2 --dist loadfile

lint: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	@folder=$$(mktemp -d) && trap 'rm -r $$folder' EXIT && export INTAKE_DATA_DIR=$$folder \
		&& .venv/bin/intake db upgrade && .venv/bin/intake db check

faults: setup-test
	.venv/bin/python -m pytest tests/faults --faults-long -s

bench: setup-test
	.venv/bin/python -m tests.bench $(CORPUS) $(if $(PAGES),--pages $(PAGES))

lock: setup-test
	.venv/bin/uv pip compile requirements.in -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --custom-compile-command "make lock" -o requirements.txt
	.venv/bin/uv pip compile requirements-dev.in -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --custom-compile-command "make lock" -o requirements-dev.txt

samples: setup-test
	.venv/bin/python sample_docs/generate.py
