# make run: serve the kiosk. make test: everything CI tests. make test-again: of these, what failed,
# one after the other. make rigs: printing against a real spooler and a virtual printer alone.
# make bench: measurements beside peers, as docs/performance-table.md; takes about 20 minutes.
# make matrix: every page in every look, and ten minutes of a monkey; takes about an hour.
# make bench-long: 50 visitors, a week of a clinic, 200 restarts, odd requests; about an hour.
# make voice: the natural voice, made ahead (VOICE=george: another one).
# make lock, audit, bundle, install-test: see below.
# Each installs what is missing first.
.PHONY: run test test-again voice rigs matrix bench bench-long lint lock audit bundle install-test

run:
	@sh deploy/prepare.sh run
	-@.venv/bin/python run_kiosk.py build
	@.venv/bin/python run_kiosk.py serve

test:
	@sh deploy/prepare.sh test
	@.venv/bin/python run_kiosk.py voice --fetch
	.venv/bin/python -m pytest -n auto --dist loadscope

test-again:
	.venv/bin/python -m pytest --last-failed --last-failed-no-failures none --maxfail 1

voice:
	@sh deploy/prepare.sh voice
	@.venv/bin/python run_kiosk.py voice $(if $(VOICE),--voice $(VOICE))

rigs:
	@sh deploy/prepare.sh test
	.venv/bin/python -m pytest tests/rigs/test_printing_*.py

matrix:
	@sh deploy/prepare.sh test
	KIOSK_MATRIX=full KIOSK_MONKEY_S=600 .venv/bin/python -m pytest tests/browser/test_matrix.py tests/browser/test_monkey.py

bench:
	@sh deploy/prepare.sh bench
	@.venv/bin/python run_kiosk.py voice --fetch
	@.venv/bin/python -m bench

bench-long:
	@sh deploy/prepare.sh test
	@.venv/bin/python -m bench --long

lint:
	@sh deploy/prepare.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

# The versions of all packages and their SHA-256, after a change of requirements*.txt.
# UPGRADE=1: newer versions of what came with them.
lock:
	@sh deploy/prepare.sh lock
	@.venv/bin/python deploy/lock.py $(if $(UPGRADE),--upgrade)

# Known faults of these versions; asks the network.
audit:
	@sh deploy/prepare.sh lock
	@.venv/bin/uv tool run pip-audit==2.10.1 --disable-pip --require-hashes \
	    --requirement deploy/locks/requirements.lock --requirement deploy/locks/requirements-voice.lock

# All that a kiosk without a network needs, in one file (ARCH=arm64: for a Raspberry Pi).
bundle:
	@sh deploy/prepare.sh run
	@sh deploy/bundle.sh $(ARCH)

# The bundle on a machine with systemd and no network, from debootstrap. Root; a quarter of an hour.
install-test:
	@sh deploy/prepare.sh test
	@.venv/bin/python run_kiosk.py voice --fetch
	@KIOSK_VOICE=yes sh deploy/bundle.sh
	.venv/bin/python -m pytest tests/deploy/installing.py
