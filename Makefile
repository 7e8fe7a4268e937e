# make run: serve the kiosk. make test: everything CI tests. make rigs: of these, printing against
# a real spooler and a virtual printer alone. make bench: measurements, as a table.
# make matrix: every page in every look, and ten minutes of a monkey; takes about an hour.
# make voice: the natural voice, made ahead (VOICE=george: another one).
# Each installs what is missing first.
.PHONY: run test voice rigs matrix bench lint

run:
	@sh deploy/prepare.sh run
	-@.venv/bin/python run_kiosk.py build
	@.venv/bin/python run_kiosk.py serve

test:
	@sh deploy/prepare.sh test
	@.venv/bin/python run_kiosk.py voice --fetch
	.venv/bin/python -m pytest -n auto --dist loadscope

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
	@sh deploy/prepare.sh test
	@.venv/bin/python -m bench

lint:
	@sh deploy/prepare.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
