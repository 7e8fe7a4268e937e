# make run: serve the kiosk. make test: everything CI tests. make bench: measurements, as a table.
# Each installs what is missing first.
.PHONY: run test bench lint

run:
	@sh deploy/prepare.sh run
	-@.venv/bin/python run_kiosk.py build
	@.venv/bin/python run_kiosk.py serve

test:
	@sh deploy/prepare.sh test
	.venv/bin/python -m pytest

bench:
	@sh deploy/prepare.sh test
	@.venv/bin/python -m bench

lint:
	@sh deploy/prepare.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
