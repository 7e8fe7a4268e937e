# make run: serve the kiosk. make test: everything CI tests. make rigs: printing against a real
# spooler and a virtual printer. make bench: measurements, as a table.
# Each installs what is missing first.
.PHONY: run test rigs bench lint

run:
	@sh deploy/prepare.sh run
	-@.venv/bin/python run_kiosk.py build
	@.venv/bin/python run_kiosk.py serve

test:
	@sh deploy/prepare.sh test
	.venv/bin/python -m pytest

rigs:
	@sh deploy/prepare.sh test
	.venv/bin/python -m pytest -o addopts=-ra tests/rigs/test_printing_faults.py

bench:
	@sh deploy/prepare.sh test
	@.venv/bin/python -m bench

lint:
	@sh deploy/prepare.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
