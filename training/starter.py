"""The starter traineddata: the wider character set, the word lists of Debian's model, and no network yet."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from training.charset import unicharset
from training.text import tidy

LANGUAGE = "tha_saraban"
#: Without this a space would stand after every Thai character.
CONFIG = "preserve_interword_spaces 1\n"
DAWGS = {"words": "lstm-word-dawg", "puncs": "lstm-punc-dawg", "numbers": "lstm-number-dawg"}


def call(*command: str | Path) -> str:
    """Runs one of Tesseract's training programs and gives what it said; raises CalledProcessError when it fails."""
    words = [str(part) for part in command]
    return subprocess.run(words, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout


def unpack(traineddata: Path, folder: Path) -> Path:
    """The components of a traineddata file as files ``old.*`` under ``folder``; gives their common path."""
    folder.mkdir(parents=True, exist_ok=True)
    call("combine_tessdata", "-u", traineddata, folder / "old.")
    return folder / "old"


def make_starter(old: Path, folder: Path, version: str) -> Path:
    """The starter made from the unpacked model ``old``; the path of the traineddata file."""
    scripts = folder / "scripts"
    (scripts / LANGUAGE).mkdir(parents=True, exist_ok=True)
    (scripts / LANGUAGE / f"{LANGUAGE}.config").write_text(CONFIG)
    # Asked for by combine_lang_model, though only Chinese needs it.
    (scripts / "radical-stroke.txt").write_text("# none\n")
    charset = folder / "unicharset"
    charset.write_text(unicharset(), "utf-8")
    lists = [option for name, dawg in DAWGS.items() for option in (f"--{name}", _word_list(old, dawg, folder / name))]
    # A recoder of its own would put the null code elsewhere than the old network has it, and training far back.
    call("combine_lang_model", "--input_unicharset", charset, "--script_dir", scripts, "--output_dir", folder,
         "--lang", LANGUAGE, "--version_str", version, "--pass_through_recoder", *lists)
    starter = folder / LANGUAGE / f"{LANGUAGE}.traineddata"
    # combine_lang_model of Tesseract 5.3 writes character properties in decimal and reads hexadecimal: put ours back.
    component = folder / f"{LANGUAGE}.lstm-unicharset"
    component.write_text(unicharset(), "utf-8")
    call("combine_tessdata", "-o", starter, component)
    return starter


def _word_list(old: Path, dawg: str, path: Path) -> Path:
    """The old model's list as text, ำ as one character."""
    call("dawg2wordlist", f"{old}.lstm-unicharset", f"{old}.{dawg}", path)
    if dawg == DAWGS["words"]:
        path.write_text("".join(f"{word}\n" for word in _usable(path.read_text("utf-8").split("\n"))), "utf-8")
    return path


def _usable(words: Iterable[str]) -> list[str]:
    return sorted({tidy(word) for word in words if word})
