# Two commands do everything on a fresh Debian machine: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
HOME_DIR ?= var
SERVE ?= 1

.PHONY: setup setup-dev demo test lint format bench bench-scale serve samples words screenshots train evaluate lock

setup:          ## system packages, .venv and the project, as far as they are missing
	@scripts/setup run $(PYTHON)

setup-dev:      ## the same, with what tests and benchmarks need
	@scripts/setup dev $(PYTHON)

demo: setup     ## take in all samples, show what was found, serve the screens (SERVE=0: stop before that)
	@SARABAN_HOME=$(HOME_DIR) SERVE=$(SERVE) scripts/demo

test: setup-dev ## all tests
	@$(BIN)/pytest -n 2 --dist loadgroup

lint: setup-dev ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: setup-dev ## what the style check can mend by itself
	@$(BIN)/ruff check --fix -q .

bench: setup-dev ## quality and speed on the check samples and ../shared/real, stock models and OCRmyPDF beside them
	@$(BIN)/python -m bench.quality
	@$(BIN)/python -m bench.handwriting
	@$(BIN)/python -m bench.rivals
	@$(BIN)/python -m bench.printed
	@$(BIN)/python -m bench.parsing
	@$(BIN)/python -m bench.links --samples samples/check --noise --chains 300
	@$(BIN)/python -m bench.search

bench-scale: setup-dev ## long files, whole countries of tasks, many letters, calibration, fifty users (an hour)
	@$(BIN)/python -m bench.pages --pages 500
	@$(BIN)/python -m bench.tasks
	@$(BIN)/python -m bench.links --scale 10000 100000
	@$(BIN)/python -m bench.calibration
	@$(BIN)/python -m bench.load

serve: setup    ## serve the screens on the archive in var/
	@SARABAN_HOME=$(HOME_DIR) $(BIN)/saraban serve

samples: setup-dev ## make the committed sample packets anew
	@$(BIN)/python -m samples.make

words: setup-dev ## compile the English words of the screens, and list what has none
	@$(BIN)/python -m tests.webui.test_translations

screenshots: setup-dev ## a picture of every screen at desktop and phone width, into docs/images/screens
	@$(BIN)/python -m tests.webui.screens docs/images/screens samples/build

train: setup-dev ## teach the Thai model anew (hours; see training/MODEL_CARD.md)
	@scripts/setup train $(PYTHON)
	@$(BIN)/python -m training.train

evaluate: setup-dev ## errors of the Thai model by face, grade and sign, stock models beside it
	@scripts/setup train $(PYTHON)
	@$(BIN)/python -m training.evaluate

lock:           ## pin the newest versions that fit pyproject.toml (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header -U pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
